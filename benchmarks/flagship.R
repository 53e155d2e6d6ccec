# The analyses of the flagship that R can do, from the same answers: times and numbers. Arguments: a folder with people.csv, model.csv,
# targets.csv. Prints lines: time <tab> analysis <tab> elapsed <tab> processor; value <tab> name <tab> estimate <tab> error.
suppressPackageStartupMessages({library(survey); library(lme4)})
options(survey.lonely.psu = "adjust")
folder <- commandArgs(TRUE)[1]
people <- read.csv(file.path(folder, "people.csv"))
model <- read.csv(file.path(folder, "model.csv"))
targets <- read.csv(file.path(folder, "targets.csv"))
say <- function(...) cat(..., sep = "\t", fill = FALSE); end <- function() cat("\n")
timed <- function(name, work) {
  spent <- system.time(found <- work())
  say("time", name, spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]]); end()
  for (k in names(found$values)) { say("value", paste0(name, "/", k), format(found$values[[k]], digits = 15), format(found$errors[[k]], digits = 15)); end() }
}
named <- function(values, errors, names) list(values = setNames(as.list(values), names), errors = setNames(as.list(errors), names))

for (m in unique(targets$margin)) people[[m]] <- factor(people[[m]], levels = targets$code[targets$margin == m])
design <- NULL
timed("design", function() {
  plain <- svydesign(ids = ~1, weights = ~one, data = cbind(people, one = 1))
  margins <- lapply(unique(targets$margin), function(m) as.formula(paste0("~", m)))
  formula <- as.formula(paste("~", paste(unique(targets$margin), collapse = " + ")))
  totals <- colMeans(model.matrix(formula, people)) * 0
  n <- nrow(people); totals["(Intercept)"] <- n
  for (i in seq_len(nrow(targets))) {
    key <- paste0(targets$margin[i], targets$code[i]); if (key %in% names(totals)) totals[key] <- n * targets$share[i]
  }
  design <<- calibrate(plain, formula, population = totals, calfun = "raking", epsilon = 1e-12, maxit = 200)
  NULL
})
answers <- grep("^better_", names(people), value = TRUE)
# covariances of svyby know no calibration in this version: the same contrast of totals stands for them
timed("gaps_mood", function() {
  full <- update(design, n1 = as.integer(mood == 1), n2 = as.integer(mood == 2))
  found <- lapply(answers, function(a) {
    full$variables$a1 <- full$variables[[a]] * full$variables$n1; full$variables$a2 <- full$variables[[a]] * full$variables$n2
    svycontrast(svytotal(~a1 + n1 + a2 + n2, full), quote(a1 / n1 - a2 / n2))
  })
  named(sapply(found, coef), sapply(found, SE), answers)
})
timed("loyalty", function() {
  full <- design; full$variables <- cbind(full$variables, model)
  own <- subset(full, inside == 1)
  x <- setdiff(names(model), c("inside", "y"))
  fitted <- svyglm(as.formula(paste("y ~", paste(x, collapse = " + "))), own, family = quasibinomial(),
                   control = glm.control(epsilon = 1e-12, maxit = 100))
  named(coef(fitted), SE(fitted), c("one", x))
})
ratios <- function(name, tops, bases) timed(name, function() {
  found <- Map(function(a, b) svyratio(as.formula(paste0("~", a)), as.formula(paste0("~", b)), design), tops, bases)
  named(sapply(found, coef), sapply(found, function(r) as.numeric(SE(r))), tops)
})
firms <- grep("^firms_", names(people), value = TRUE)
ratios("influence_map", firms, sub("^firms", "rated", firms))
where <- grep("^where_", names(people), value = TRUE)
ratios("migration", where, rep("movers", length(where)))
ways <- grep("^way_", names(people), value = TRUE)
ratios("services", ways, sub("^way_([a-z]+)_.*", "asked_\\1", ways))
# what the package has no function for is written by its influence values, whose total has the package's error
with_columns <- function(id) {
  full <- design; full$variables <- read.csv(file.path(folder, paste0(id, ".csv"))); full
}
inner <- function(D) D$variables$inside == 1
error <- function(D, z) as.numeric(SE(svytotal(z, D)))
fitted_in <- function(D, x, family) {  # a regression of the people inside: its coefficients and their influence values, nought outside
  own <- subset(D, inside == 1)
  m <- svyglm(as.formula(paste("y ~", paste(x, collapse = " + "))), own, family = family, control = glm.control(epsilon = 1e-13, maxit = 100))
  X <- cbind(1, as.matrix(D$variables[, x, drop = FALSE])); b <- coef(m); eta <- as.numeric(X %*% b)
  logit <- family$family != "gaussian"; mu <- if (logit) plogis(eta) else eta
  w <- weights(D) * inner(D); v <- if (logit) mu * (1 - mu) else rep(1, length(mu))
  list(b = b, X = X, mu = mu, U = (X * ((D$variables$y - mu) * inner(D))) %*% solve(t(X) %*% (w * v * X)))
}
timed("clinic", function() {
  D <- with_columns("clinic"); d <- D$variables; w <- weights(D) * inner(D); W <- sum(w)
  m <- fitted_in(D, setdiff(names(d), c("inside", "y")), quasibinomial())
  X0 <- m$X; X0[, 2] <- 0; p0 <- plogis(as.numeric(X0 %*% m$b)); part <- 0.5 * d$a
  change <- sum(w * part * (p0 - m$mu)) / W; now <- sum(w * d$y) / W
  G <- colSums(w * part * (p0 * (1 - p0) * X0 - m$mu * (1 - m$mu) * m$X)) / W
  z <- inner(D) * (part * (p0 - m$mu) - change) / W + as.numeric(m$U %*% G); zn <- inner(D) * (d$y - now) / W
  named(c(now, now + change, change), c(error(D, zn), error(D, zn + z), error(D, z)), c("now", "would", "change"))
})
timed("moods", function() {
  D <- with_columns("moods"); d <- D$variables; x <- setdiff(names(d), c("inside", "y", "first"))
  m <- fitted_in(D, c(x, "first"), gaussian()); k <- length(x) + 1; X <- m$X[, 1:k]; b <- m$b[1:k]
  mean_of <- function(v, s) { w <- weights(D) * s; mu <- colSums(w * as.matrix(v)) / sum(w); list(mu, sweep(as.matrix(v), 2, mu) * (s / sum(w))) }
  one <- d$first * inner(D); two <- (1 - d$first) * inner(D)
  xa <- mean_of(X, one); xb <- mean_of(X, two); ya <- mean_of(d$y, one); yb <- mean_of(d$y, two)
  apart <- xa[[1]] - xb[[1]]; gap <- ya[[1]] - yb[[1]]; made <- sum(apart * b)
  zg <- as.numeric(ya[[2]] - yb[[2]]); zm <- as.numeric((xa[[2]] - xb[[2]]) %*% b + m$U[, 1:k] %*% apart)
  named(c(gap, made, gap - made), c(error(D, zg), error(D, zm), error(D, zg - zm)), c("gap", "composition", "rest"))
})
timed("chain", function() {
  D <- with_columns("chain"); d <- D$variables; D$variables$y <- d$l_intention
  sources <- c("use", "online", "comfort", "novelty", "progress", "loyalty")
  m <- fitted_in(D, c(paste0("l_", sources), grep("^x", names(d), value = TRUE)), gaussian())
  W <- sum(weights(D) * inner(D)); size <- function(v) inner(D) * (v^2 - 1) / (2 * W)
  found <- sapply(seq_along(sources), function(j) error(D, m$U[, j + 1] + m$b[j + 1] * (size(d[[paste0("l_", sources[j])]]) - size(d$l_intention))))
  named(m$b[seq_along(sources) + 1], found, paste0(sources, ".intention"))
})
timed("domains", function() {
  people$district <- factor(people$district); people$size <- factor(people$size)
  fitted <- glmer(leave ~ 1 + (1 | district_size) + (1 | district) + (1 | size) + (1 | sex_age), people, binomial)
  list(values = list(), errors = list())
})
