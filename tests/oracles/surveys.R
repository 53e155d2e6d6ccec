# Rscript surveys.R folder: writes folder/DATA.csv (people as R has them), folder/replicates-NAME.csv and folder/values.csv from the data
# sets api, nhanes, scd and yrbs of the package survey, as they are and calibrated. Nothing of them is kept in this project.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail", warn = -1)
folder <- commandArgs(trailingOnly = TRUE)[1]
data(api); data(nhanes); data(scd); data(yrbs)
found <- list()
put <- function(..., value) found[[length(found) + 1]] <<- data.frame(key = paste(..., sep = "|"), value = sprintf("%.17g", as.numeric(value)))
save <- function(name, a) write.csv(format(a, digits = 17, trim = TRUE), file.path(folder, paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
yes <- function(v) as.integer(v == "Yes")

# y x numbers; c zero or one; g group; f domain; s score 0-10; i1 i2 i3 items of an index; m1 m2 m3 margins; z a number to calibrate to
shape <- function(a, d, stratum, psu, fpc) data.frame(
  y = a$api00, x = a$api.stu, c = yes(a$awards), g = findInterval(a$meals, c(25, 50, 75)), f = as.integer(a$ell > 12),
  s = pmin(10, floor(a$meals / 10)), i1 = a$snum %% 5 + 1, i2 = ifelse(a$snum %% 7 == 0, NA, a$dnum %% 5 + 1), i3 = a$cnum %% 5 + 1,
  m1 = as.integer(a$stype), m2 = yes(a$sch.wide), m3 = yes(a$comp.imp), z = a$api99, d = d, stratum = stratum, psu = psu, fpc = fpc)
one <- function(a) rep(1, nrow(a))
A <- list(
  strat = shape(apistrat, apistrat$pw, as.integer(apistrat$stype), 0, apistrat$fpc),
  srs = shape(apisrs, apisrs$pw, 0, 0, apisrs$fpc),
  clus1 = shape(apiclus1, apiclus1$pw, 0, apiclus1$dnum, apiclus1$fpc),
  clus2 = shape(apiclus2, apiclus2$pw, 0, apiclus2$dnum, apiclus2$fpc1))
A$clus2$snum <- apiclus2$snum
n <- nhanes
A$nhanes <- data.frame(y = (seq_len(nrow(n)) * 7919) %% 41 + 10 * n$race, x = as.integer(n$agecat) + n$RIAGENDR, c = n$HI_CHOL, g = n$race,
  f = as.integer(n$RIAGENDR == 2), s = (seq_len(nrow(n)) * 31) %% 11, i1 = as.integer(n$agecat), i2 = ifelse(is.na(n$HI_CHOL), NA, n$race), i3 = n$RIAGENDR,
  m1 = n$race, m2 = n$RIAGENDR, m3 = as.integer(n$agecat), z = (seq_len(nrow(n)) * 13) %% 29, d = n$WTMEC2YR, stratum = n$SDMVSTRA, psu = n$SDMVPSU, fpc = 0)
A$scd <- data.frame(y = scd$arrests, x = scd$alive, c = as.integer(scd$alive > 28), g = rep(1:2, 3), f = c(1, 1, 1, 1, 1, 0), s = c(9, 3, 10, 7, 8, 1), i1 = 1:6, i2 = c(2, 2, 4, 4, 1, 3),
  i3 = c(5, 1, NA, 2, 2, 4), m1 = 1, m2 = 1, m3 = 1, z = 1, d = 1, stratum = scd$ESA, psu = scd$ambulance, fpc = 0)
b <- yrbs
k <- seq_len(nrow(b))
A$yrbs <- data.frame(y = (k * 97) %% 53, x = (k * 89) %% 31 + 1, c = as.integer(b$qn8 == 1), g = k %% 3 + 1, f = as.integer(k %% 5 < 2), s = (k * 17) %% 11, i1 = k %% 5 + 1,
  i2 = ifelse(is.na(b$qn8), NA, b$qn8), i3 = (k * 3) %% 7, m1 = k %% 4, m2 = (k %% 11 < 5) + 0, m3 = 1, z = (k * 5) %% 23, d = b$weight, stratum = b$stratum, psu = b$psu, fpc = 0)
lone <- A$strat[A$strat$stratum != 2 | seq_len(nrow(A$strat)) == which(A$strat$stratum == 2)[1], ]
A$lone <- lone
for (i in names(A)) { A[[i]]$a <- factor(A[[i]]$g); save(i, A[[i]][, setdiff(names(A[[i]]), "a")]) }

statistics <- function(case, D) {
  D <- update(D, one = 1, nps = 100 * ((s >= 9) - (s <= 6)), index = rowMeans(cbind(i1, i2, i3), na.rm = TRUE))
  df <- degf(D); put(case, "df", value = df)
  pair <- function(name, o) { put(case, name, "est", value = coef(o)[1]); put(case, name, "se", value = SE(o)[1]) }
  wide <- function(name, o, df) { pair(name, o); ci <- confint(o, df = df); put(case, name, "low", value = ci[1]); put(case, name, "high", value = ci[2]) }
  wide("mean", svymean(~y, D), df)
  wide("nps", svymean(~nps, D), df)
  wide("index", svymean(~index, D), df)
  pair("total", svytotal(~y, D))
  pair("people", svytotal(~c, D, na.rm = TRUE))
  pair("ratio", svyratio(~y, ~x, D))
  v <- svyvar(~y, D); pair("variance", v); pair("sd", svycontrast(setNames(list(quote(sqrt(variance))), "sd"), stat = structure(c(variance = coef(v)[[1]]), var = matrix(as.numeric(SE(v))^2, dimnames = list("variance", "variance")), class = "svystat")))
  vv <- svyvar(~y + x, D)
  V <- structure(c(yy = vv[1, 1], yx = vv[1, 2], xx = vv[2, 2]), var = attr(vv, "var")[c(1, 2, 4), c(1, 2, 4)], class = "svystat")
  dimnames(attr(V, "var")) <- list(names(V), names(V))
  put(case, "covariance", "est", value = V[["yx"]]); put(case, "covariance", "se", value = sqrt(attr(V, "var")[2, 2]))
  pair("correlation", svycontrast(V, quote(yx / sqrt(yy * xx))))
  by <- svyby(~y, ~g, D, svymean)
  for (i in seq_len(nrow(by))) { put(case, "mean-by", by$g[i], "est", value = by$y[i]); put(case, "mean-by", by$g[i], "se", value = by$se[i]) }
  by <- svyby(~c, ~g, D, svymean, na.rm = TRUE)
  for (i in seq_len(nrow(by))) { put(case, "share-by", by$g[i], "est", value = by$c[i]); put(case, "share-by", by$g[i], "se", value = by$se[i]) }
  G <- sort(unique(D$variables$g))[1:2]
  D <- update(D, a1 = as.numeric(g == G[1]), a2 = as.numeric(g == G[2]), y1 = y * a1, y2 = y * a2, x1 = x * a1, x2 = x * a2)
  pair("gap-of-gaps", svycontrast(svytotal(~a1 + a2 + y1 + y2 + x1 + x2, D), quote((y1 / a1 - y2 / a2) - (x1 / a1 - x2 / a2))))
  pair("log-ratio", svycontrast(svytotal(~a1 + a2 + y1 + y2, D), quote(log((y1 / a1) / (y2 / a2)))))
  S <- subset(D, f == 1); put(case, "domain-df", value = degf(S))
  wide("domain-mean", svymean(~y, S), degf(S))
  pair("domain-variance", svyvar(~y, S))
  for (q in c(.1, .25, .5, .9)) for (r in c("math", "school")) {
    o <- svyquantile(~y, D, q, qrule = r, interval.type = "mean")[[1]]
    for (j in 1:4) put(case, paste0("quantile-", r), q, c("est", "low", "high", "se")[j], value = o[1, j])
  }
  o <- svyquantile(~y, S, .5, qrule = "school", interval.type = "mean")[[1]]
  for (j in 1:4) put(case, "domain-median", c("est", "low", "high", "se")[j], value = o[1, j])
}
D <- list(
  strat = svydesign(id = ~1, strata = ~stratum, weights = ~d, data = A$strat),
  stratfpc = svydesign(id = ~1, strata = ~stratum, weights = ~d, fpc = ~fpc, data = A$strat),
  wonly = svydesign(id = ~1, weights = ~d, data = A$strat),
  srsfpc = svydesign(id = ~1, weights = ~d, fpc = ~fpc, data = A$srs),
  srsones = svydesign(id = ~1, weights = ~one, fpc = ~fpc, data = cbind(A$srs, one = 1)),
  clus1 = svydesign(id = ~psu, weights = ~d, data = A$clus1),
  clus1fpc = svydesign(id = ~psu, weights = ~d, fpc = ~fpc, data = A$clus1),
  clus2 = svydesign(id = ~psu + snum, weights = ~d, data = A$clus2),
  nhanes = svydesign(id = ~psu, strata = ~stratum, weights = ~d, nest = TRUE, data = A$nhanes),
  scd = svydesign(id = ~psu, strata = ~stratum, weights = ~d, nest = TRUE, data = A$scd),
  yrbs = svydesign(id = ~psu, strata = ~stratum, weights = ~d, nest = TRUE, data = A$yrbs))
for (i in names(D)) statistics(i, D[[i]])

# calibrated: targets are shares of the whole, of each margin, and the mean of z
shift <- c(1.12, .9, 1.06, .94)
targets <- function(case, design, margins, mean) {
  w <- weights(design); N <- sum(w); pop <- c(`(Intercept)` = N)
  for (m in margins) {
    v <- design$variables[[m]]; t <- tapply(w, v, sum); t <- t * shift[seq_along(t)]; t <- t / sum(t)
    for (i in seq_along(t)) put(case, "target", m, names(t)[i], value = t[i])
    pop <- c(pop, setNames(t[-1] * N, paste0("factor(", m, ")", names(t)[-1])))
  }
  if (mean != 0) { z <- mean * weighted.mean(design$variables$z, w); put(case, "target", "z", "mean", value = z); pop <- c(pop, z = z * N) }
  pop
}
calibrated <- function(case, design, margins, calfun, mean = 0, ...) {
  pop <- targets(case, design, margins, mean)
  terms <- c(paste0("factor(", margins, ")"), if (mean != 0) "z")
  C <- calibrate(design, as.formula(paste("~", paste(terms, collapse = "+"))), pop, calfun = calfun, epsilon = 1e-13, maxit = 500, ...)
  w <- weights(C) / mean(weights(C))
  if (length(w) < 1000) for (i in seq_along(w)) put(case, "weight", i, value = w[i])
  statistics(case, C)
}
calibrated("rake-strat", D$strat, c("m1", "m2", "m3"), "raking")
calibrated("rake-wonly", D$wonly, c("m1", "m2", "m3"), "raking")
calibrated("rake-clus1", D$clus1, c("m1", "m2"), "raking")
calibrated("linear-clus1", D$clus1, c("m1", "m2"), "linear")
calibrated("greg-strat", D$strat, "m1", "linear", 1.02)
calibrated("greg-clus1fpc", D$clus1fpc, "m1", "linear", 1.02)
calibrated("rake-z-wonly", D$wonly, c("m1", "m3"), "raking", 1.02)
calibrated("logit-clus1", D$clus1, c("m1", "m2"), "logit", 0, bounds = c(.6, 1.8))
calibrated("logit-z-strat", D$strat, c("m1", "m3"), "logit", 1.01, bounds = c(.5, 2))
calibrated("rake-nhanes", D$nhanes, c("m1", "m2", "m3"), "raking")
calibrated("rake-yrbs", D$yrbs, c("m1", "m2"), "raking")
{
  w <- weights(D$clus1); t <- tapply(w, A$clus1$m1, sum) * shift[1:3]; t <- t / sum(t) * sum(w)
  for (i in 1:3) put("post-clus1", "target", "m1", i, value = t[i] / sum(w))
  statistics("post-clus1", postStratify(D$clus1, ~m1, data.frame(m1 = 1:3, Freq = as.numeric(t))))
}
# strata with one unit
for (policy in c("certainty", "remove", "adjust", "average")) {
  options(survey.lonely.psu = policy)
  L <- svydesign(id = ~1, strata = ~stratum, weights = ~d, data = A$lone)
  for (o in list(list("mean", svymean(~y, L)), list("total", svytotal(~y, L)), list("ratio", svyratio(~y, ~x, L)))) {
    put(paste0("lone-", policy), o[[1]], "est", value = coef(o[[2]])); put(paste0("lone-", policy), o[[1]], "se", value = SE(o[[2]])) }
}
options(survey.lonely.psu = "fail")
# replicates
replicated <- function(case, R, keep) {
  if (keep) write.csv(format(as.data.frame(unclass(weights(R, "analysis"))), digits = 17, trim = TRUE), file.path(folder, paste0("replicates-", case, ".csv")), row.names = FALSE, quote = FALSE)
  put(case, "scale", value = R$scale); put(case, "rscale", value = R$rscales[1]); put(case, "replicates", value = ncol(weights(R, "analysis")))
  o <- list(mean = svymean(~y, R), total = svytotal(~y, R), ratio = svyratio(~y, ~x, R), share = svymean(~c, R, na.rm = TRUE),
    median = withReplicates(R, function(w, data) { i <- order(data$y); data$y[i][which(cumsum(w[i]) / sum(w) >= .5 - 1e-9)[1]] }),
    correlation = withReplicates(R, function(w, data) cov.wt(cbind(data$y, data$x), w, cor = TRUE)$cor[1, 2]),
    domain = svymean(~y, subset(R, f == 1)))
  for (n in names(o)) { put(case, n, "est", value = coef(o[[n]])); put(case, n, "se", value = SE(o[[n]])) }
}
replicated("jk1", as.svrepdesign(D$clus1, type = "JK1"), FALSE)
replicated("jkn", as.svrepdesign(D$strat, type = "JKn"), FALSE)
replicated("jkn-fpc", as.svrepdesign(D$stratfpc, type = "JKn"), FALSE)
pairs <- A$nhanes[A$nhanes$stratum %in% names(which(tapply(A$nhanes$psu, A$nhanes$stratum, function(v) length(unique(v))) == 2)), ]
pairs <- pairs[!is.na(pairs$c), ][seq(1, sum(!is.na(pairs$c)), 3), ]
save("pairs", pairs[, setdiff(names(pairs), "a")])
P <- svydesign(id = ~psu, strata = ~stratum, weights = ~d, nest = TRUE, data = pairs)
replicated("brr", as.svrepdesign(P, type = "BRR"), TRUE)
replicated("fay", as.svrepdesign(P, type = "Fay", fay.rho = .3), TRUE)
set.seed(7)
B <- as.svrepdesign(D$strat, type = "subbootstrap", replicates = 80)
replicated("bootstrap", B, TRUE)
pop <- targets("jkn-raked", D$strat, c("m1", "m2"), 0)
replicated("jkn-raked", calibrate(as.svrepdesign(D$strat, type = "JKn"), ~factor(m1) + factor(m2), pop, calfun = "raking", epsilon = 1e-13, maxit = 500), FALSE)
put("brr", "mse-se", value = SE(svymean(~y, as.svrepdesign(P, type = "BRR", mse = TRUE))))
write.csv(do.call(rbind, found), file.path(folder, "values.csv"), row.names = FALSE, quote = FALSE)
cat(length(found), "values\n")
