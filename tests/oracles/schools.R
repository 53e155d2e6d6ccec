# The schools of the package survey under four designs, for the scripts that source this file. Nothing of the package's data is kept in this project.
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
a$o <- findInterval(a$api00, c(550, 650, 750)) + 1
# what models are made of
of_models <- function(a) {
  a$y <- a$api00
  a$won <- as.integer(a$awards == "Yes")
  a$x1 <- a$ell / 10
  a$x2 <- a$meals / 10
  a$x3 <- as.integer(a$mobility > 15)
  a$g <- findInterval(a$enroll, c(300, 500, 800)) + 1
  a$f <- as.integer(a$cnum %% 3 > 0)
  a
}
keep_of_models <- c("d", "h", "psu", "m1", "m2", "y", "won", "x1", "x2", "x3", "g", "o", "f")
# writes people.csv and the targets of raking; returns the designs
designs_of <- function(a, keep) {
  write.csv(format(a[, keep], digits = 17, trim = TRUE), file.path(folder, "people.csv"), row.names = FALSE, quote = FALSE)
  N <- sum(a$d)
  t1 <- xtabs(~ as.integer(stype), apipop); t2 <- xtabs(~ as.integer(sch.wide == "Yes"), apipop)
  for (k in seq_along(t1)) put("target", "m1", names(t1)[k], value = t1[k] / sum(t1))
  for (k in seq_along(t2)) put("target", "m2", names(t2)[k], value = t2[k] / sum(t2))
  raked <- function(D) calibrate(D, ~ factor(m1) + factor(m2),
    c(N, N * t1[-1] / sum(t1), N * t2[-1] / sum(t2)), calfun = "raking", epsilon = 1e-13, maxit = 500)
  list(
    strata = svydesign(ids = ~1, strata = ~h, weights = ~d, data = a),
    units = svydesign(ids = ~psu, weights = ~d, data = a),
    raked = raked(svydesign(ids = ~1, weights = ~d, data = a)),
    both = raked(svydesign(ids = ~1, strata = ~h, weights = ~d, data = a)))
}
