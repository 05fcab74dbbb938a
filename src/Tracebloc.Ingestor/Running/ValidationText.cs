using System.Globalization;
using System.Text;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestor.Running;

/// <summary>The findings of a validation for people: of each validator the first ones, and the number of all.</summary>
internal static class ValidationText
{
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
