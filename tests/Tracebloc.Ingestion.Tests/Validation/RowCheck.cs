using System.Text;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

/// <summary>Feeds records to a validator: lines with tabs between the cells, the header first.</summary>
internal static class RowCheck
{
    public static Findings Run(IRowValidator validator, params IReadOnlyList<string> lines)
    {
        var findings = new Findings(validator.Name);
        var columns = lines[0].Split('\t');
        validator.Begin(new RecordHeader("rows.csv", columns), findings);
        if (lines.Count > 1)
        {
            var batch = new RecordBatchBuilder(columns.Length);
            foreach (var (at, line) in lines.Index().Skip(1))
            {
                foreach (var cell in line.Split('\t')) batch.Add(Encoding.UTF8.GetBytes(cell));
                batch.EndRow(at + 1, at * 10);
            }

            validator.Look(batch.Build(), findings);
        }

        validator.End(findings);
        return findings;
    }

    public static IReadOnlyList<string> Printed(Findings findings) =>
        [.. findings.First.Select(finding => $"{finding}")];
}
