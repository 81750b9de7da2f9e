"""The place of a report: town, county, city and province, from its texts and the gazetteer."""
