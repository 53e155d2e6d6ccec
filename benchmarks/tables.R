# Two-way tables with raking-aware errors in R survey: column shares and their standard errors.
# Rscript tables.R FOLDER PAIRS -> seconds and numbers as tab-separated lines. The same data, base weights and targets as posad's.
suppressMessages(library(survey))
arguments <- commandArgs(TRUE)
folder <- arguments[1]
pairs <- strsplit(strsplit(arguments[2], ",")[[1]], ":")
answers <- read.csv(file.path(folder, "answers.csv"))
targets <- read.csv(file.path(folder, "targets.csv"))
for (name in names(answers)) answers[[name]] <- factor(answers[[name]])
n <- nrow(answers)
design <- svydesign(ids = ~1, weights = rep(1, n), data = answers)
margins <- unique(targets$margin)
totals <- c("(Intercept)" = n)
for (margin in margins) {
  mine <- targets[targets$margin == margin & targets$code > 1, ]
  totals <- c(totals, setNames(mine$share * n, paste0(margin, mine$code)))
}
seconds <- function(work) {
  used <- system.time(work())
  c(used[["elapsed"]], used[["user.self"]] + used[["sys.self"]])
}
say <- function(...) cat(..., sep = "\t", fill = FALSE)
formula <- reformulate(margins)
spent <- seconds(function() raked <<- calibrate(design, formula, totals, calfun = "raking", maxit = 1000, epsilon = 1e-12))
say("rake", spent, "\n")
for (pair in pairs) {
  share <- reformulate(pair[1])
  by <- reformulate(pair[2])
  spent <- seconds(function() found <<- svyby(share, by, raked, svymean))
  say("table", pair[1], pair[2], spent, "\n")
  values <- as.matrix(coef(found))
  errors <- as.matrix(SE(found))
  say("values", pair[1], pair[2], sprintf("%.12g", as.vector(coef(found))), "\n")
  say("errors", pair[1], pair[2], sprintf("%.12g", as.vector(errors)), "\n")
}
