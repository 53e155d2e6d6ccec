# Rscript models.R folder: writes folder/people.csv and folder/values.csv, regressions of the schools of the package survey under strata,
# primary units, raking and a domain. Nothing of the package's data is kept in this project.
here <- dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "..", "..", "oracles", "schools.R"))
a <- of_models(a)
a$gf <- factor(a$g)
a$of <- factor(a$o, ordered = TRUE)
a$x3f <- factor(a$x3)
designs <- designs_of(a, keep_of_models)
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
