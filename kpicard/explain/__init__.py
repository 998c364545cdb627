"""How a card's figures come about, step by step."""
