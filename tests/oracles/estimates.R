# Reference values from R's package survey for one data set and design, in the words of tests/oracles/README.md.
suppressMessages(library(survey))
options(survey.lonely.psu = "fail")
found <- list()
put <- function(case, ..., value) found[[length(found) + 1]] <<- data.frame(key = paste(case, ..., sep = "|"), value = sprintf("%.17g", as.numeric(value)))

# a: columns m1 m2 m3 q b o1 o2 o3 asked y x f ra fa rb fb d stratum psu fpc; mk: data frame -> design
estimates <- function(case, a, mk, margins) {
  f <- a
  for (m in margins) f[[m]] <- factor(f[[m]])
  D <- mk(f)
  N <- sum(weights(D))
  pop <- c(`(Intercept)` = N)
  shift <- c(1.25, .8, 1.1, .9, 1.15, .85)
  for (m in margins) {
    t <- tapply(weights(D), f[[m]], sum)
    t <- t * shift[seq_along(t)]
    t <- t / sum(t) * N
    pop <- c(pop, setNames(t[-1], paste0(m, names(t)[-1])))
    for (i in seq_along(t)) put(case, "target", m, names(t)[i], value = t[i] / N)
  }
  C <- calibrate(D, as.formula(paste("~", paste(margins, collapse = "+"))), pop, calfun = "raking", epsilon = 1e-13, maxit = 500)
  w <- weights(C) / mean(weights(C))
  for (i in seq_along(w)) put(case, "weight", i, value = w[i])
  put(case, "df", value = degf(C))
  C <- update(C, qf = factor(q), bf = factor(b), one = 1)
  s <- svyby(~qf, ~bf, C, svymean)
  Q <- levels(factor(a$q)); B <- levels(factor(a$b)); k <- length(Q)
  for (i in seq_along(B)) for (r in 1:k) {
    put(case, "column", "est", B[i], Q[r], value = s[i, 1 + r])
    put(case, "column", "se", B[i], Q[r], value = s[i, 1 + k + r])
  }
  for (i in 2:length(B)) for (r in Q) {
    C2 <- update(C, na_ = as.numeric(b == B[1]), nb_ = as.numeric(b == B[i]), ya_ = as.numeric(b == B[1] & q == r), yb_ = as.numeric(b == B[i] & q == r))
    tt <- svytotal(~ya_ + na_ + yb_ + nb_, C2)
    z <- svycontrast(tt, quote(ya_ / na_ - yb_ / nb_))
    put(case, "difference", "est", B[i], r, value = coef(z)); put(case, "difference", "se", B[i], r, value = SE(z))
    z <- svycontrast(tt, quote(log(ya_ / na_) - log(yb_ / nb_)))
    put(case, "logratio", "est", B[i], r, value = coef(z)); put(case, "logratio", "se", B[i], r, value = SE(z))
  }
  s <- svyby(~y, ~bf, C, svymean)
  for (i in seq_along(B)) { put(case, "mean", "est", B[i], value = s$y[i]); put(case, "mean", "se", B[i], value = s$se[i]) }
  s <- svyratio(~y, ~x, C); put(case, "ratio", "est", value = coef(s)); put(case, "ratio", "se", value = SE(s))
  s <- svyratio(~o1 + o2 + o3, ~asked, C, covmat = TRUE)
  for (i in 1:3) { put(case, "multiple", "est", i, value = coef(s)[i]); for (j in 1:i) put(case, "multiple", "cov", i, j, value = vcov(s)[i, j]) }
  z <- svycontrast(svytotal(~ra + fa + rb + fb, C), quote(ra / fa - rb / fb))
  put(case, "overlap", "est", value = coef(z)); put(case, "overlap", "se", value = SE(z))
  C2 <- update(C, part = as.numeric(b == B[1]), inpart = as.numeric(b == B[1] & q == Q[1]), inall = as.numeric(q == Q[1]))
  z <- svycontrast(svytotal(~inpart + part + inall + one, C2), quote(inpart / part - inall / one))
  put(case, "part", "est", value = coef(z)); put(case, "part", "se", value = SE(z))
  s <- svymean(~qf, subset(C, f == 1))
  for (r in 1:k) { put(case, "domain", "est", Q[r], value = coef(s)[r]); put(case, "domain", "se", Q[r], value = SE(s)[r]) }
  s <- svymean(~y, subset(C, f == 1 & b == B[2])); put(case, "domain-mean", "est", value = coef(s)); put(case, "domain-mean", "se", value = SE(s))
  s <- svytotal(~qf, C)
  for (r in 1:k) { put(case, "total", "est", Q[r], value = coef(s)[r] / N); put(case, "total", "se", Q[r], value = SE(s)[r] / N) }
  s <- svymean(~y, subset(C, seq_along(a$y) == 1)); put(case, "one-person", "se", value = SE(s))
  C2 <- update(D, qf = factor(q), bf = factor(b))
  s <- svyby(~qf, ~bf, C2, svymean)
  for (i in seq_along(B)) for (r in 1:k) { put(case, "plain", "est", B[i], Q[r], value = s[i, 1 + r]); put(case, "plain", "se", B[i], Q[r], value = s[i, 1 + k + r]) }
}

finish <- function(path) write.csv(do.call(rbind, found), path, row.names = FALSE, quote = FALSE)
