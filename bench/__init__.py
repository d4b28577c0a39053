"""Speed, as ratios: each module measures one promise of the README."""
