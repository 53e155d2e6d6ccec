# Rscript models.R folder: writes folder/people.csv and folder/values.csv, regressions of the schools of the package survey under strata,
# primary units, raking and a domain. Nothing of the package's data is kept in this project.
suppressMessages(library(survey))
options(warn = -1)
folder <- commandArgs(trailingOnly = TRUE)[1]
data(api)
found <- list()
put <- function(..., value) found[[length(found) + 1]] <<- data.frame(key = paste(..., sep = "|"), value = sprintf("%.17g", as.numeric(value)))
a <- apistrat
a$d <- a$pw
a$psu <- a$dnum
a$h <- as.integer(a$stype)
a$m1 <- as.integer(a$stype)
a$m2 <- as.integer(a$sch.wide == "Yes")
a$y <- a$api00
a$won <- as.integer(a$awards == "Yes")
a$x1 <- a$ell / 10
a$x2 <- a$meals / 10
a$x3 <- as.integer(a$mobility > 15)
a$g <- findInterval(a$enroll, c(300, 500, 800)) + 1
a$o <- findInterval(a$api00, c(550, 650, 750)) + 1
a$f <- as.integer(a$cnum %% 3 > 0)
keep <- c("d", "h", "psu", "m1", "m2", "y", "won", "x1", "x2", "x3", "g", "o", "f")
write.csv(format(a[, keep], digits = 17, trim = TRUE), file.path(folder, "people.csv"), row.names = FALSE, quote = FALSE)
a$gf <- factor(a$g)
a$of <- factor(a$o, ordered = TRUE)
a$x3f <- factor(a$x3)
N <- sum(a$d)
t1 <- xtabs(~ as.integer(stype), apipop); t2 <- xtabs(~ as.integer(sch.wide == "Yes"), apipop)
for (k in seq_along(t1)) put("target", "m1", names(t1)[k], value = t1[k] / sum(t1))
for (k in seq_along(t2)) put("target", "m2", names(t2)[k], value = t2[k] / sum(t2))
raked <- function(D) calibrate(D, ~ factor(m1) + factor(m2),
  c(N, N * t1[-1] / sum(t1), N * t2[-1] / sum(t2)), calfun = "raking", epsilon = 1e-13, maxit = 500)
designs <- list(
  strata = svydesign(ids = ~1, strata = ~h, weights = ~d, data = a),
  units = svydesign(ids = ~psu, weights = ~d, data = a),
  raked = raked(svydesign(ids = ~1, weights = ~d, data = a)),
  both = raked(svydesign(ids = ~1, strata = ~h, weights = ~d, data = a)))
fits <- function(case, D) {
  for (what in c("linear", "logit")) {
    form <- if (what == "linear") y ~ x1 + x2 + x3 + gf else won ~ x1 + x2 + x3 + gf
    m <- svyglm(form, D, family = if (what == "linear") gaussian() else quasibinomial(), epsilon = 1e-13, maxit = 100)
    for (k in seq_along(coef(m))) put(case, what, k - 1, "value", value = coef(m)[k])
    for (k in seq_along(coef(m))) put(case, what, k - 1, "se", value = sqrt(diag(vcov(m)))[k])
    put(case, what, "covariance", value = vcov(m)[2, 3])
  }
  m <- svyolr(of ~ x1 + x2 + x3 + gf, D, method = "logistic", control = list(reltol = 1e-16, maxit = 5000, ndeps = rep(1e-4, 9)))  # the step of its numerical Hessian
  b <- c(m$coefficients, m$zeta)
  for (k in seq_along(b)) put(case, "ordinal", k - 1, "value", value = b[k])
  for (k in seq_along(b)) put(case, "ordinal", k - 1, "se", value = sqrt(diag(vcov(m)))[k])
}
for (i in names(designs)) {
  fits(i, designs[[i]])
  fits(paste0(i, "-domain"), subset(designs[[i]], f == 1))
}
margins <- function(case, D) {
  m <- svyglm(won ~ x1 + x2 + gf, D, family = quasibinomial(), epsilon = 1e-13, maxit = 100)
  p <- svypredmeans(m, ~x3f)
  at <- match(c("0", "1"), names(coef(p)))
  for (k in 1:2) { put(case, "margin", k - 1, "value", value = coef(p)[at[k]]); put(case, "margin", k - 1, "se", value = sqrt(diag(vcov(p)))[at[k]]) }
  v <- vcov(p)[at, at]
  put(case, "margin", "difference", "value", value = coef(p)[at[2]] - coef(p)[at[1]])
  put(case, "margin", "difference", "se", value = sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2]))
}
for (i in names(designs)) margins(i, designs[[i]])
by <- function(case, D) {  # covariances of svyby know no calibration in this version: there the same contrast of totals stands for it
  if (case %in% c("strata", "units")) {
    s <- svyby(~won, ~gf, D, svymean, covmat = TRUE)
    k <- svycontrast(s, c("1" = 1, "2" = -1, "3" = -1, "4" = 1))
  } else {
    E <- update(D, b1 = as.integer(g == 1), b2 = as.integer(g == 2), b3 = as.integer(g == 3), b4 = as.integer(g == 4))
    E <- update(E, a1 = b1 * won, a2 = b2 * won, a3 = b3 * won, a4 = b4 * won)
    k <- svycontrast(svytotal(~a1 + a2 + a3 + a4 + b1 + b2 + b3 + b4, E), quote(a1 / b1 - a2 / b2 - a3 / b3 + a4 / b4))
  }
  put(case, "contrast", "value", value = coef(k)); put(case, "contrast", "se", value = SE(k))
}
for (i in names(designs)) by(i, designs[[i]])
write.csv(do.call(rbind, found), file.path(folder, "values.csv"), row.names = FALSE, quote = FALSE)
