@echo off
rem Ställer i ordning finsam första gången och öppnar startsidan: dubbelklicka.
chcp 65001 >nul
cd /d "%~dp0"
set "PYTHON=py -3"
%PYTHON% -c "" >nul 2>nul || set "PYTHON=python"
%PYTHON% -c "" >nul 2>nul || goto saknas
%PYTHON% -I lib\starta.py %*
set "KOD=%errorlevel%"
if not "%KOD%"=="0" pause
exit /b %KOD%

:saknas
echo Hittar inte Python. Hämta Python 3.11 eller senare på https://www.python.org/downloads/ och dubbelklicka igen.
pause
exit /b 1
