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
timed("domains", function() {
  people$district <- factor(people$district); people$size <- factor(people$size)
  fitted <- glmer(leave ~ 1 + (1 | district_size) + (1 | district) + (1 | size) + (1 | sex_age), people, binomial)
  list(values = list(), errors = list())
})
