"""Word lists for the names in generated inventories."""

ORGANIZATIONS = (
    *("Brücke", "Miteinander", "Nachbarschaftshilfe", "Begegnungskreis", "Sprachtreff", "Willkommenskreis"),
    *("Bürgerhilfe", "Familienzentrum", "Mehrgenerationenhaus", "Kulturverein", "Sportgemeinschaft", "Lernwerkstatt"),
    *("Frauentreff", "Jugendhaus", "Kirchengemeinde", "Freiwilligenbörse", "Bildungswerk", "Sozialdienst"),
)
ORGANIZATION_KINDS = (
    ("Verein", "e. V."),
    ("Verein", "e. V."),
    ("Wohlfahrtsverband", "gGmbH"),
    ("Bildungsträger", "gGmbH"),
    ("Kirche", ""),
    ("Initiative", ""),
    ("Behörde", ""),
)
PURPOSES = (
    "Begegnung zwischen Alteingesessenen und Zugewanderten.",
    "Hilfe bei Behördengängen, Briefen und Anträgen.",
    "Deutsch üben in kleiner Runde, ohne Anmeldung.",
    "Begleitung von Familien beim Ankommen.",
    "Gemeinsam kochen, nähen, reparieren und reden.",
)
FORMS = (
    *("Treff für", "Kreis für", "Sprechstunde für", "Gruppe für", "Werkstatt für", "Café für", "Nachmittag für"),
    *("Patenschaften für", "Begleitung für", "Abend für", "Projekt für"),
)
ROLES = ("Koordination Ehrenamt", "Projektleitung", "Büro", "Beratung", "Vorstand", "Freiwilligenkoordination")
FIRST_NAMES = (
    *("Anna", "Bernd", "Clara", "Dilan", "Emine", "Friedrich", "Greta", "Hassan", "Irina", "Jonas", "Katja", "Layla"),
    *("Mehmet", "Nadja", "Olena", "Petra", "Rainer", "Samira", "Thomas", "Uwe", "Vera", "Wolfgang", "Yusuf", "Zoé"),
)
LAST_NAMES = (
    *("Muster", "Beispiel", "Erfunden", "Probst", "Schönfeld", "Großmann", "Weiß", "Köhler", "Yılmaz", "Haddad"),
    *("Nowak", "Kowalenko", "Jürgens", "Übelacker", "Öztürk", "Ärmel"),
)
PLACES = ("Gemeindehaus", "Bürgerhaus", "Schule", "Bibliothek", "Jugendclub", "Vereinsheim", "Stadtteilbüro", "Kita")
STREETS = (
    "Hauptstraße",
    "Ahornweg",
    "Am Markt",
    "Schulstraße",
    "Lindenallee",
    "Elbstraße",
    "Bahnhofstraße",
    "Am Anger",
)
LEVELS = {"basic": "Grundkurs", "advanced": "Aufbaukurs"}
CONTACT_POINTS = ("Freiwilligenbüro", "Infopunkt", "Willkommensbüro", "Ehrenamtsberatung", "Stadtteilsprechstunde")
OPENING_HOURS = ("Mo-Fr 09:00-12:00", "Tu,Th 14:00-18:00", "Mo,We 14:00-17:00", "We 10:00-16:00; Fr 09:00-12:00")
