# Rscript causes.R folder: writes folder/people.csv and folder/values.csv, scenarios, chains and decompositions of the schools of the package
# survey under strata, primary units and raking. Where the package has no such estimate, it is written here by its influence values, and its
# error is that of their total (svytotal), so that only the design is the package's. Nothing of the package's data is kept in this project.
here <- dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "..", "..", "oracles", "schools.R"))
a <- of_models(a)
a$gf <- factor(a$g)
a$of <- factor(a$o, ordered = TRUE)
a$x3f <- factor(a$x3)
designs <- designs_of(a, keep_of_models)
error <- function(D, z) as.numeric(SE(svytotal(z, D)))
# of a regression, the influence of each coefficient: score times the inverse information of the weighted people
influence_of <- function(m, X, D) {
  w <- weights(D); mu <- fitted(m)
  v <- if (m$family$family == "gaussian") rep(1, length(mu)) else mu * (1 - mu)
  (X * (m$y - mu)) %*% solve(t(X) %*% (w * v * X))
}
scenario <- function(case, D) {
  a <- D$variables; w <- weights(D); W <- sum(w)
  m <- svyglm(won ~ x3 + x1 + x2 + gf, D, family = quasibinomial(), epsilon = 1e-13, maxit = 100)
  X <- model.matrix(m); U <- influence_of(m, X, D)
  stopifnot(max(abs(sqrt(diag(vcov(m))) - apply(U, 2, function(u) error(D, u)))) < 1e-8)
  X0 <- X; X0[, "x3"] <- 0; p <- plogis(X %*% coef(m)); p0 <- plogis(X0 %*% coef(m))
  part <- 0.5 * a$x3
  d <- as.numeric(part * (p0 - p)); change <- sum(w * d) / W
  G <- colSums(w * part * (as.numeric(p0 * (1 - p0)) * X0 - as.numeric(p * (1 - p)) * X)) / W
  z <- (d - change) / W + as.numeric(U %*% G)
  put(case, "half", 2, "value", value = change); put(case, "half", 2, "se", value = error(D, z))
  now <- sum(w * a$won) / W
  put(case, "half", 0, "value", value = now); put(case, "half", 0, "se", value = error(D, (a$won - now) / W))
  put(case, "half", 1, "value", value = now + change); put(case, "half", 1, "se", value = error(D, z + (a$won - now) / W))
  # every group gets the level of the second
  X1 <- X; X1[, "x3"] <- 1; p1 <- plogis(X1 %*% coef(m))
  t2 <- a$g == 2; q <- sum((w * a$x3)[t2]) / sum(w[t2]); zq <- ifelse(t2, (a$x3 - q) / sum(w[t2]), 0)
  part <- numeric(nrow(a)); target <- a$x3; zl <- numeric(nrow(a))
  for (k in c(1, 3, 4)) {
    g <- a$g == k; o <- sum((w * a$x3)[g]) / sum(w[g]); zo <- ifelse(g, (a$x3 - o) / sum(w[g]), 0)
    who <- if (q > o) g & a$x3 == 0 else g & a$x3 == 1
    part[who] <- if (q > o) (q - o) / (1 - o) else (o - q) / o
    target[who] <- as.numeric(q > o)
    dq <- if (q > o) 1 / (1 - o) else -1 / o
    do <- if (q > o) (q - 1) / (1 - o)^2 else q / o^2
    gain <- sum((w * ((if (q > o) p1 else p0) - p))[who]) / W
    zl <- zl + gain * (dq * zq + do * zo)
  }
  XT <- X; XT[, "x3"] <- target; pt <- plogis(XT %*% coef(m))
  d <- as.numeric(part * (pt - p)); change <- sum(w * d) / W
  G <- colSums(w * part * (as.numeric(pt * (1 - pt)) * XT - as.numeric(p * (1 - p)) * X)) / W
  put(case, "equal", 2, "value", value = change)
  put(case, "equal", 2, "se", value = error(D, (d - change) / W + as.numeric(U %*% G) + zl))
}
kitagawa <- function(case, D) {  # composition and rates as functions of totals, by svycontrast
  E <- D
  for (s in 0:1) for (k in 1:4) {
    E$variables[[paste0("n", s, k)]] <- as.integer(E$variables$f == s & E$variables$g == k)
    E$variables[[paste0("y", s, k)]] <- E$variables[[paste0("n", s, k)]] * E$variables$won
  }
  names <- c(outer(c("n1", "n0", "y1", "y0"), 1:4, paste0))
  t <- svytotal(as.formula(paste("~", paste(names, collapse = "+"))), E)
  n <- function(s) paste0("(", paste0("n", s, 1:4, collapse = "+"), ")")
  p <- function(s, k) paste0("n", s, k, "/", n(s)); r <- function(s, k) paste0("y", s, k, "/n", s, k)
  one <- function(k) paste0("(", p(1, k), "-", p(0, k), ")*(", r(1, k), "+", r(0, k), ")/2")
  two <- function(k) paste0("(", r(1, k), "-", r(0, k), ")*(", p(1, k), "+", p(0, k), ")/2")
  parts <- c(paste(sapply(1:4, one), collapse = "+"), paste(sapply(1:4, two), collapse = "+"))
  parts <- c(paste(parts, collapse = "+"), parts)
  for (k in 1:3) {
    made <- eval(bquote(svycontrast(t, quote(.(parse(text = parts[k])[[1]])))))
    put(case, "kitagawa", k - 1, "value", value = coef(made)); put(case, "kitagawa", k - 1, "se", value = SE(made))
  }
}
oaxaca <- function(case, D) {
  a <- D$variables; w <- weights(D)
  m <- svyglm(y ~ x1 + x2 + gf + f, D, epsilon = 1e-13)
  X <- model.matrix(m); U <- influence_of(m, X, D); b <- coef(m)
  k <- ncol(X) - 1; X <- X[, 1:k]; U <- U[, 1:k]; b <- b[1:k]
  mean_of <- function(v, s) { W <- sum(w[s]); v <- as.matrix(v); mu <- colSums(w[s] * v[s, , drop = FALSE]) / W; list(mu, sweep(v, 2, mu) * (s / W)) }
  one <- a$f == 1; two <- a$f == 0
  xa <- mean_of(X, one); xb <- mean_of(X, two); ya <- mean_of(a$y, one); yb <- mean_of(a$y, two)
  apart <- xa[[1]] - xb[[1]]
  each <- sweep(xa[[2]] - xb[[2]], 2, b, "*") + sweep(U, 2, apart, "*")
  blocks <- list(2, 3, 4:k)
  gap <- ya[[1]] - yb[[1]]; zgap <- ya[[2]] - yb[[2]]
  values <- c(gap, sum(apart * b), gap - sum(apart * b), sapply(blocks, function(j) sum(apart[j] * b[j])))
  z <- cbind(zgap, rowSums(each), zgap - rowSums(each), sapply(blocks, function(j) rowSums(each[, j, drop = FALSE])))
  for (j in seq_along(values)) { put(case, "oaxaca", j - 1, "value", value = values[j]); put(case, "oaxaca", j - 1, "se", value = error(D, z[, j])) }
}
chain <- function(case, D) {  # x1 -> x2 -> y, held equal for gf; standardised
  a <- D$variables; w <- weights(D); W <- sum(w)
  size <- function(v) { mu <- sum(w * v) / W; s <- sqrt(sum(w * (v - mu)^2) / W); list(s, (((v - mu) / s)^2 - 1) / (2 * W)) }
  sx <- size(a$x1); sm <- size(a$x2); sy <- size(a$y)
  path <- function(form, at, from, to) {
    m <- svyglm(form, D, epsilon = 1e-13); U <- influence_of(m, model.matrix(m), D)
    b <- unname(coef(m)[at]) * from[[1]] / to[[1]]
    list(b, as.numeric(U[, at]) * from[[1]] / to[[1]] + b * (from[[2]] - to[[2]]))
  }
  whole <- path(y ~ x1 + gf, "x1", sx, sy); direct <- path(y ~ x1 + x2 + gf, "x1", sx, sy)
  through <- list(whole[[1]] - direct[[1]], whole[[2]] - direct[[2]])
  first <- path(x2 ~ x1 + gf, "x1", sx, sm); second <- path(y ~ x1 + x2 + gf, "x2", sm, sy)
  stopifnot(abs(through[[1]] - first[[1]] * second[[1]]) < 1e-10)
  found <- list(whole, direct, through, first, second)
  for (j in seq_along(found)) { put(case, "chain", j - 1, "value", value = found[[j]][[1]]); put(case, "chain", j - 1, "se", value = error(D, found[[j]][[2]])) }
}
for (i in names(designs)) for (what in list(scenario, kitagawa, oaxaca, chain)) what(i, designs[[i]])
write.csv(do.call(rbind, found), file.path(folder, "values.csv"), row.names = FALSE, quote = FALSE)
