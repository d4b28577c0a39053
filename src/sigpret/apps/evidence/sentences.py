"""Why a file was not kept, in one sentence that says what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.intake.files.kinds import Reason

SENTENCES: dict[Reason, Promise] = {
    Reason.EMPTY: _("El archivo está vacío: elija el que tiene contenido."),
    Reason.TOO_LARGE: _("Pesa más de 10 MB: comprímalo o divídalo en partes."),
    Reason.UNKNOWN: _(
        "No es un tipo que se acepte: suba PDF, Excel (.xlsx), Word (.docx), ODS, ODT, CSV, "
        "texto, JPG o PNG."
    ),
    Reason.EXECUTABLE: _("Es un programa y no se acepta: suba el documento que prueba el dato."),
    Reason.WEB_PAGE: _("Es una página web o un dibujo SVG: guárdelo como PDF y súbalo de nuevo."),
    Reason.ARCHIVE: _("Es un archivo comprimido: ábralo y suba cada documento por separado."),
    Reason.OLD_OFFICE: _(
        "Es de un formato antiguo de Office (.doc, .xls o .rtf): guárdelo como .docx, .xlsx o PDF."
    ),
    Reason.OFFICE_PASSWORD: _("Está protegido con contraseña: suba una copia sin contraseña."),
    Reason.MACROS: _("Trae macros: guárdelo sin macros (.xlsx o .docx) o como PDF."),
    Reason.EMBEDDED: _("Trae otro archivo adentro: quítelo o guárdelo como PDF."),
    Reason.REMOTE: _("Trae partes que se descargan de otro lugar: guárdelo como PDF."),
    Reason.BOMB: _("Se expande a un tamaño desmedido al abrirlo: guárdelo como PDF."),
    Reason.DAMAGED: _("Está dañado o incompleto: ábralo, guárdelo otra vez y súbalo de nuevo."),
    Reason.TWO_KINDS: _("Lleva otro archivo escondido: guárdelo otra vez y suba la copia limpia."),
    Reason.PDF_PASSWORD: _(
        "El PDF está protegido: suba una copia sin contraseña ni restricciones."
    ),
    Reason.PDF_SCRIPT: _("El PDF trae instrucciones que se ejecutan: imprímalo a un PDF nuevo."),
    Reason.PDF_ATTACHMENT: _("El PDF lleva archivos adjuntos: súbalos por separado."),
    Reason.PDF_PAGES: _("El PDF tiene más de 2,000 páginas: suba sólo las que prueban el dato."),
    Reason.OTHER_PHOTO: _(
        "La foto no es JPG ni PNG: guárdela como JPG (en el teléfono, formato «más compatible»)."
    ),
    Reason.PIXELS: _("La imagen tiene más de 50 millones de puntos: redúzcala y súbala de nuevo."),
    Reason.MEDIA: _("Es audio o video y no se acepta: suba una foto, un acta o un PDF."),
    Reason.COMMANDS: _(
        "Tiene celdas que ejecutan órdenes al abrirse: guarde sólo los valores y súbalo de nuevo."
    ),
    Reason.LIMITS: _(
        "No se pudo leer dentro de los límites de tiempo y memoria: guárdelo como PDF más ligero."
    ),
}
