# Small domains by other hands: the model of areas from its restricted likelihood, written out in base R, with its mean squared errors;
# a logistic mixed model by lme4. Written to the folder given: areas.csv, people.csv, values.csv; the second argument is milk.csv.
suppressPackageStartupMessages(library(lme4))
folder <- commandArgs(TRUE)[1]
milk <- read.csv(commandArgs(TRUE)[2])
values <- data.frame(key = character(), value = numeric())
keep <- function(key, value) values <<- rbind(values, data.frame(key = key, value = value))

areas <- function(name, y, x, d) {
  likelihood <- function(a) {
    v <- a + d; gram <- crossprod(x / sqrt(v)); b <- solve(gram, crossprod(x / v, y)); r <- y - x %*% b
    -0.5 * (sum(log(v)) + determinant(gram)$modulus + sum(r^2 / v))
  }
  rough <- optimize(likelihood, c(0, 4 * var(y)), maximum = TRUE, tol = 1e-12)$maximum
  slope <- function(a) {
    v <- a + d; p <- diag(1 / v) - (x / v) %*% solve(crossprod(x / sqrt(v))) %*% t(x / v)
    sum((p %*% y)^2) - sum(diag(p))
  }
  a <- uniroot(slope, c(rough / 4, rough * 4), tol = 1e-16)$root
  stopifnot(abs(a / rough - 1) < 1e-4) # where the likelihood is highest, its slope is nought
  v <- a + d; inverse <- solve(crossprod(x / sqrt(v))); b <- inverse %*% crossprod(x / v, y); g <- a / v
  eblup <- g * y + (1 - g) * (x %*% b)
  g1 <- g * d; g2 <- (1 - g)^2 * rowSums((x %*% inverse) * x); g3 <- d^2 / v^3 * 2 / sum(1 / v^2)
  keep(paste0(name, "|between"), a)
  for (k in seq_along(b)) keep(paste0(name, "|beta|", k), b[k])
  for (i in seq_along(y)) {
    keep(paste0(name, "|eblup|", i), eblup[i]); keep(paste0(name, "|mse|", i), g1[i] + g2[i] + 2 * g3[i])
  }
  data.frame(set = name, y = y, d = d, x)
}
major <- model.matrix(~ factor(milk$major_area)); colnames(major) <- paste0("x", 1:4)
set.seed(20261124)
n <- 24; x <- cbind(x1 = 1, x2 = rnorm(n), x3 = 0, x4 = 0); d <- runif(n, 0.0005, 0.006)
y <- 0.45 + 0.05 * x[, 2] + rnorm(n, 0, 0.04) + rnorm(n, 0, sqrt(d))
one <- areas("milk", milk$direct_est, major, milk$std_error^2)
two <- areas("towns", y, x[, 1:2], d); two[c("x3", "x4")] <- 0
write.csv(rbind(one, two), file.path(folder, "areas.csv"), row.names = FALSE)

# people: 12 districts, 5 ages, a covariate of the district; the penalised likelihood at the deviations that lme4 finds (nAGQ = 0)
cells <- expand.grid(district = 1:12, age = 1:5)
cells$z <- rnorm(12)[cells$district]
eta <- -0.2 + 0.4 * cells$z + rnorm(12, 0, 0.5)[cells$district] + rnorm(5, 0, 0.6)[cells$age]
cells$asked <- rpois(nrow(cells), 12) + 1
cells$yes <- rbinom(nrow(cells), cells$asked, plogis(eta))
model <- glmer(cbind(yes, asked - yes) ~ z + (1 | district) + (1 | age), cells, binomial, nAGQ = 0,
               control = glmerControl(tolPwrss = 1e-13))
for (k in 1:2) keep(paste0("fixed|", k), fixef(model)[k])
for (name in c("district", "age")) {
  keep(paste0("deviation|", name), as.numeric(attr(VarCorr(model)[[name]], "stddev")))
  found <- ranef(model)[[name]][, 1]
  for (k in seq_along(found)) keep(paste0("level|", name, "|", k), found[k])
}
laplace <- glmer(cbind(yes, asked - yes) ~ z + (1 | district) + (1 | age), cells, binomial)
chance <- fitted(laplace)
for (k in 1:12) keep(paste0("share|", k), mean(chance[cells$district == k]))
write.csv(cells, file.path(folder, "people.csv"), row.names = FALSE)
write.csv(values, file.path(folder, "values.csv"), row.names = FALSE)
