"""weights.yaml: how the answers are brought to the population, how people were drawn, replicates and benchmarks."""
