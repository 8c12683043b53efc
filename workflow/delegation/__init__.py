"""Let people hand their acts to a colleague while they are away (委托)."""
