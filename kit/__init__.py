"""The newsroom kit: of each chart, region and project, what one takes away: picture, data, words, citation, embed."""
