"""Given names and surnames of people who live in Sweden, wherever they came from. Early in a list = more common."""

from __future__ import annotations

_WOMEN = """
Anna Maria Eva Karin Sara Lena Emma Kerstin Malin Jenny Ingrid Hanna Linda Susanne Elin Sofia Johanna Amanda
Alice Maja Birgitta Gunilla Ulla Annika Åsa Therese Frida Ebba Wilma Agnes Astrid Märta Alma Saga My Maj Gun
Siv Britt-Marie Ann-Sofie Fatima Zeinab Maryam Amina Hodan Ayaan Shirin Nasrin Leila Nour Rania Samira Yasmin
Selma Amra Jelena Milica Agnieszka Katarzyna Päivi Tuula Aino Sinikka Oksana Iryna Nataliya Siriporn Nguyệt
Thuy Priya Ananya Selam Freweini Semhar Ximena Guadalupe Ioanna Zozan Berfin Elif Gülsüm Ruta Liene Biret
Ristin Ixchel Tove Signe Disa Embla Tuva
"""
WOMEN = tuple(_WOMEN.split())
_MEN = """
Lars Erik Johan Anders Per Karl Mikael Peter Jan Thomas Daniel Fredrik Andreas Hans Stefan Magnus Mattias
Oskar Elias William Björn Bo Sten Stig Dag Tor Love Ove Kjell Göran Håkan Åke Sören Rune Folke Gösta Jan-Erik
Karl-Johan Sven-Åke Lars-Göran Mohammed Ahmed Ali Hassan Omar Yusuf Abdirahman Abdullahi Farah Reza Hamid
Behrooz Arman Dragan Zoran Goran Emir Adnan Piotr Krzysztof Juhani Pekka Timo Veikko Oleksandr Taras Somchai
Minh Quang Rajesh Arjun Yonas Tesfay Habtom Pablo Rodrigo Dimitrios Ioannis Rojhat Baran Mehmet Emre Jonas
Linus Viggo Loke Nils-Ánte Mihkkal Tariq Bilal Wei Jun Kwame Chukwuemeka Santtu Ragnvald Torvald Bosse
"""
MEN = tuple(_MEN.split())
_SURNAMES = """
Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson
Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Lindström Lindqvist Lindgren Berg Axelsson
Bergström Lundberg Lind Lundgren Mattsson Berglund Ek Ström Falk Holm Björk Sten Ask Gran Alm Frisk Modig Rask
Trygg Lång Stark Hall Näs Hammar Rosén Norén Dahl Sundin Öberg Åström Åkesson Ångström Hägg Säll Wallin Nyberg
Cederholm Ekströmer Hjelmqvist Skoglöf Bäckman Tjäder Ryttar Vikander Snäll Forsmark Ali Mohamed Hassan Ahmadi
Hosseini Karimi Rahimi Haddad Khalil Al-Khatib El-Amin Abdi Warsame Jama Farah Nuur Osman Jovanović Petrović
Kovačević Hodžić Begić Nowak Kowalczyk Wiśniewska Zielińska Virtanen Korhonen Mäkelä Niemi Hietala Lehtonen
Shevchenko Kovalenko Bondarenko Nguyen Tran Phạm Saetang Chaiyasit Sharma Iyer Tesfamariam Ghebremedhin
Woldemichael Hagos Muñoz Sepúlveda Gutiérrez Fuentes Papadopoulos Georgiou Yılmaz Demir Öztürk Kaplan Özdemir
Bulut Kurt Saleh Barzani Botan Sara Utsi Labba Blind Kuoljok Okafor Mensah Zhang Chen Kalniņš Tamm Ozols
von~Rosen af~Klint von~der~Heide de~la~Cruz van~Dijk
"""
SURNAMES = tuple(name.replace("~", " ") for name in _SURNAMES.split())
"""A tilde above stands for the space after a particle."""
NICKNAMES = {
    "Lars": "Lasse",
    "Karl": "Kalle",
    "Jan": "Janne",
    "Katarzyna": "Kasia",
    "Mikael": "Micke",
    "Kerstin": "Kicki",
    "Fredrik": "Frippe",
    "Maria": "Mia",
}
"""What friends write instead of the given name."""
COMPANIES = (
    "Nordbruks Måleri AB",
    "Björk & Sten Bygg AB",
    "Stallmästarens Fastigheter AB",
    "BRF Almen",
    "Kullens Tandvård HB",
    "Hamnkiosken i Viken AB",
    "Falks Åkeri AB",
    "Ljusgårdens Förskola",
    "Rosén Redovisning AB",
    "Norra Plåtslageriet AB",
)
"""Names of companies, most of which hold a word that is also a name."""
