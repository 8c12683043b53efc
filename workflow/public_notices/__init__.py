"""Make candidates public (公示), take objections (异议), verify and answer them."""
