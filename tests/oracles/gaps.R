# Rscript gaps.R folder: writes folder/people.csv and folder/values.csv, gaps of a question of several answers between groups, by the
# schools of the package survey: svycontrast on svyby, and all gaps together by Rao and Scott. Nothing of the package's data is kept.
here <- dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "schools.R"))
a$r1 <- as.integer(a$awards == "Yes")
a$r2 <- as.integer(a$comp.imp == "Yes")
a$r3 <- as.integer(a$meals > 50)
a$r4 <- as.integer(a$ell > 20)
a$g <- findInterval(a$enroll, c(400, 800)) + 1
a$gf <- factor(a$g)
a$of <- factor(a$o)
designs <- designs_of(a, c("d", "h", "psu", "m1", "m2", "o", "g", "r1", "r2", "r3", "r4"))[c("strata", "units", "raked")]
together <- function(case, gaps, v, df) {  # the second-order Rao-Scott test of any number of gaps
  s <- sqrt(diag(v)); own <- eigen(v / outer(s, s), symmetric = TRUE)$values
  nu <- sum(own)^2 / sum(own^2)
  put(case, "together", value = pFsum(sum((gaps / s)^2), df = rep(1, length(own)), a = own, ddf = nu * df, method = "satterthwaite", lower.tail = FALSE))
}
for (i in names(designs)) {
  D <- designs[[i]]
  if (i != "raked") {
    s <- svyby(~ r1 + r2 + r3 + r4, ~gf, D, svymean, covmat = TRUE)
    b <- coef(s); own <- function(g, r) paste(g, r, sep = ":")
    rows <- lapply(paste0("r", 1:4), function(r) { x <- setNames(numeric(length(b)), names(b)); x[own(3, r)] <- 1; x[own(1, r)] <- -1; x })
    k <- svycontrast(s, rows)
  } else {  # covariances of svyby know no calibration: there the same contrast of totals stands for it
    E <- D
    for (r in 1:4) for (g in c(1, 3)) E$variables[[paste0("y", r, g)]] <- E$variables[[paste0("r", r)]] * (E$variables$g == g)
    for (g in c(1, 3)) E$variables[[paste0("b", g)]] <- as.numeric(E$variables$g == g)
    k <- svycontrast(svytotal(~ y11 + y13 + y21 + y23 + y31 + y33 + y41 + y43 + b1 + b3, E),
      list(quote(y13 / b3 - y11 / b1), quote(y23 / b3 - y21 / b1), quote(y33 / b3 - y31 / b1), quote(y43 / b3 - y41 / b1)))
  }
  v <- vcov(k)
  for (r in 1:4) { put(i, "gap", r - 1, value = coef(k)[r]); put(i, "se", r - 1, value = sqrt(v[r, r])) }
  put(i, "covariance", value = v[1, 2])
  together(i, coef(k), v, degf(D))
  pair <- svymean(~pd, update(D, pd = r1 - r2))  # what the same people tell of two things
  put(i, "paired", value = coef(pair)); put(i, "paired error", value = SE(pair))
  rest <- svyglm(r1 ~ I(g == 1), D)  # a group against everybody else
  put(i, "rest", value = coef(rest)[2])
  t <- svychisq(~ of + gf, D, statistic = "F")
  put(i, "svychisq", "F", value = t$statistic); put(i, "svychisq", "p", value = t$p.value)
}
write.csv(do.call(rbind, found), file.path(folder, "values.csv"), row.names = FALSE, quote = FALSE)
