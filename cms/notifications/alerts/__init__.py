"""Update alerts by mail: asking for them, confirming, writing them, ending them."""
