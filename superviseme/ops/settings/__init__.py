"""The settings of the site: seen and changed by administrators. The table and the values in force stand in site/."""
