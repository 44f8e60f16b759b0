"""What the model is written in: vocabulary, node classes, edge classes. Use `graph.model`."""
