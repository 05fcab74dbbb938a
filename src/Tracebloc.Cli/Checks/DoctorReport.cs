using System.Text;
using System.Text.Json.Serialization;
using Tracebloc.Cli.Terminal;
using Tracebloc.Net;

namespace Tracebloc.Cli.Checks;

/// <summary>The results of all checks. A check without a result does not count.</summary>
internal sealed record DoctorReport(IReadOnlyList<CheckResult> Checks)
{
    private const int StatusWidth = 9;

    public Ending Ending =>
        Checks.Any(check => check.Status == CheckStatus.Fail) ? Ending.ChecksFailed : Ending.Succeeded;

    /// <summary>For people: a line for each check, and one for its remedy.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        var width = Checks.Max(check => check.Name.Length) + 2;
        foreach (var check in Checks)
        {
            text.Append(Word(check.Status).PadRight(StatusWidth)).Append(check.Name.PadRight(width))
                .Append(Line.Whole(check.Message)).Append('\n');
            if (check.Remedy is { } remedy)
                text.Append(' ', StatusWidth + width).Append("remedy: ").Append(Line.Whole(remedy)).Append('\n');
        }

        var counts = Checks.CountBy(check => check.Status).OrderBy(count => count.Key)
            .Select(count => $"{count.Value} {Word(count.Key)}");
        return text.AppendJoin(", ", counts).Append('\n').ToString();
    }

    /// <summary>For programs: one object.</summary>
    public DoctorJson ToJson() => new(Ending.Status, Ending.ExitCode, [.. Checks.Select(CheckJson.Of)]);

    public static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warn => "warn",
        CheckStatus.Fail => "fail",
        _ => "unknown",
    };
}

/// <summary><c>tracebloc doctor --output json</c>.</summary>
internal sealed record DoctorJson(string Status, int ExitCode, IReadOnlyList<CheckJson> Checks)
{
    /// <summary>The names of the checks that failed; left out without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error =>
        Checks.Where(check => check.Status == DoctorReport.Word(CheckStatus.Fail)).Select(check => check.Name).ToList()
            is [_, ..] failed ? $"Checks failed: {string.Join(", ", failed)}; each has its remedy" : null;
}

/// <summary>One check; the remedy is left out where none is needed.</summary>
internal sealed record CheckJson(string Name, string Status, string Message)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remedy { get; init; }

    public static CheckJson Of(CheckResult check) =>
        new(check.Name, DoctorReport.Word(check.Status), check.Message) { Remedy = check.Remedy };
}
