# Rscript distributions.R > distributions.csv: quantiles and probabilities from R 4.2.2.
say <- function(...) cat(sprintf("%s,%s,%s,%s,%.17g\n", ...))
cat("function,first,second,third,value\n")
for (p in c(1e-8, 1e-4, .01, .025, .3, .5, .7, .9, .975, .999, 1 - 1e-8)) say("qnorm", p, "", "", qnorm(p))
for (x in c(-8, -3, -1.96, 0, .5, 2, 6)) say("pnorm", x, "", "", pnorm(x))
for (df in c(1, 2, 3, 7.5, 30, 199, 1999, 1e5, 1e6)) {
  for (p in c(1e-6, .005, .025, .2, .6, .975, .9995)) say("qt", p, df, "", qt(p, df))
  for (x in c(-40, -5, -2, -.1, .3, 1.5, 4)) say("pt", x, df, "", pt(x, df))
}
for (d1 in c(1, 3, 7.3, 40)) for (d2 in c(2, 11, 198.5, 1999, 2e5)) {
  for (p in c(.5, .95, .999)) say("qf", p, d1, d2, qf(p, d1, d2))
  for (x in c(.05, .8, 1.2, 3, 12)) say("pf", x, d1, d2, pf(x, d1, d2))
}
