"""Parts of the page Was hat sich geändert?"""
