"""What each rule of coherence asks of a plan, in the words of whoever reads the finding."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sigpret.web.components import Text


@dataclass(frozen=True, slots=True)
class RuleWords:
    """`name` says what is wrong; `asks` what the rule wants and why."""

    name: Text
    asks: Text


RULE_WORDS: dict[str, RuleWords] = {
    "quarters_differ": RuleWords(
        _("Los trimestres no hacen el año"),
        _("Los trimestres de un producto dan su producción anual, según como acumula."),
    ),
    "product_without_result": RuleWords(
        _("Productos sin resultado"),
        _("Un objetivo que entrega productos dice qué resultado busca con ellos."),
    ),
    "ceiling_exceeded": RuleWords(
        _("Techo excedido"),
        _("Lo que cuesta el plan cabe en el techo de la institución."),
    ),
    "unknown_unit": RuleWords(
        _("Unidad o periodicidad desconocida"),
        _("Qué se cuenta y cada cuánto son filas del catálogo oficial."),
    ),
    "result_without_indicator": RuleWords(
        _("Resultado sin indicador"),
        _("Un resultado se mide: con una meta de la matriz o con un objetivo del PEI."),
    ),
    "blank_output": RuleWords(
        _("Producción en blanco"),
        _("Un dato en blanco no es cero: alguien dice cuál de los dos es."),
    ),
    "outside_history": RuleWords(
        _("Fuera de su propia historia"),
        _("Una cantidad muy distinta de la de sus cinco años anteriores se confirma."),
    ),
    "territories_exceed": RuleWords(
        _("Territorios que pasan del año"),
        _("Lo que se prevé en los territorios es parte de la producción anual."),
    ),
    "report_numbers": RuleWords(
        _("Distinto del reporte oficial"),
        _("El plan dice lo que imprimió el reporte del que salió, o se cambia también en SIAFI."),
    ),
    "near_duplicates": RuleWords(
        _("Productos casi iguales"),
        _("Dos nombres casi iguales pueden ser el mismo producto dos veces."),
    ),
    "product_without_goal": RuleWords(
        _("Sin vínculo con la matriz"),
        _("Un producto aporta a alguna meta de la matriz de resultados."),
    ),
    "product_without_budget": RuleWords(
        _("Producto sin presupuesto"),
        _("Lo que se va a entregar recibe dinero de alguna categoría programática."),
    ),
}
