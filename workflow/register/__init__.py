"""Keep the register of numbers (发文登记簿): where a series starts, and what becomes of each number."""
