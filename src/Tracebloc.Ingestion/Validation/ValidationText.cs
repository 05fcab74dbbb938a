using System.Globalization;
using System.Text;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A validation for people, in the same words on a laptop and in the cluster.</summary>
public static class ValidationText
{
    /// <summary><c>Data set houses_train is not valid: 1 fault; correct the data</c>.</summary>
    /// <param name="table">The table of the data set.</param>
    /// <param name="result">The result, with a fault.</param>
    public static string Verdict(string table, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return $"Data set {table} is not valid: {Counted(result.Faults, "fault")}; correct the data";
    }

    /// <summary>A number with its noun: <c>1 row</c>, <c>2,000 rows</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="one">The noun of one.</param>
    public static string Counted(long number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}{(number == 1 ? "" : "s")}");

    /// <summary>The findings: of each validator the first ones, and the number of all.</summary>
    public static string Of(ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder();
        foreach (var findings in result.Findings)
        {
            foreach (var one in findings.First)
                text.Append(CultureInfo.InvariantCulture, $"{findings.Validator}: {one}\n");
            if (findings.Total > findings.First.Count)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{findings.Validator}: the first {findings.First.Count} of {findings.Total:N0}\n");
            foreach (var note in findings.Notes)
                text.Append(CultureInfo.InvariantCulture, $"{findings.Validator}: note: {note}\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// Everything about a specification without errors: warnings, findings, remarks, and the verdict.
    /// </summary>
    /// <param name="file">The specification's file as the user named it.</param>
    /// <param name="specification">The specification.</param>
    /// <param name="result">The result for its data; null where the specification alone was validated.</param>
    public static string Report(string file, IngestSpecification specification, ValidationResult? result)
    {
        ArgumentNullException.ThrowIfNull(specification);
        var subject = $"{specification.Category}, {specification.Intent.ToString().ToLowerInvariant()} rows of table "
            + specification.Table;
        return string.Concat(specification.Warnings.Select(warning => $"warning: {warning}\n"))
            + (result is null ? "" : Of(result))
            + string.Concat((result?.Remarks ?? []).Select(remark => $"{remark}\n"))
            + result switch
            {
                null => $"{file}: valid: {subject}\n",
                { IsValid: false } => $"{Verdict(specification.Table, result)}\n",
                _ => $"{file}: valid with its data{(result.HasColumns ? "" : ", columns not validated")}: {subject}, "
                    + $"{Counted(result.Rows, "row")}\n",
            };
    }
}
