#!/bin/sh
# Ställer i ordning finsam första gången och öppnar startsidan: dubbelklicka, eller skriv sh starta.sh.
cd "$(dirname "$0")" || exit 1
for python in python3.13 python3.12 python3.11 python3 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -I lib/starta.py "$@"
    fi
done
echo "Hittar ingen Python 3.11 eller senare. Hämta den på https://www.python.org/downloads/ och kör igen." >&2
exit 1
