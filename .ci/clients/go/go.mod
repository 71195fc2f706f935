module boutique

go 1.24
