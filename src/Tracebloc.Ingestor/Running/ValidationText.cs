using System.Globalization;
using System.Text;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestor.Running;

/// <summary>The findings of a validation for people: of each validator the first ones, and the number of all.</summary>
internal static class ValidationText
{
    /// <summary><c>Data set houses_train is not valid: 1 fault; correct the data</c>.</summary>
    public static string Verdict(string table, ValidationResult result) =>
        $"Data set {table} is not valid: {Counted(result.Faults, "fault")}; correct the data";

    /// <summary>A number with its noun: <c>1 row</c>, <c>2,000 rows</c>.</summary>
    public static string Counted(long number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}{(number == 1 ? "" : "s")}");

    public static string Of(ValidationResult result)
    {
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
}
