using System.Xml.Linq;

/// <summary>What the test projects of a run came to.</summary>
public sealed class TestResults
{
    private readonly List<TestRun> runs = [];

    public void Add(TestRun run)
    {
        // The counts are the last line, whatever Cake still has to say about its tasks or about an error.
        if (runs.Count == 0)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine(this);
        runs.Add(run);
    }

    public void Conclude(ICakeContext context, bool skipsFail = false)
    {
        foreach (var group in runs.SelectMany(run => run.Skipped).GroupBy(skip => skip.Reason))
            context.Information("Skipped: {0}\n  {1}", group.Key, string.Join("\n  ", group.Select(skip => skip.Test)));
        foreach (var failure in runs.SelectMany(run => run.Failed))
            context.Error("Failed: {0}\n{1}", failure.Test, failure.Reason);
        if (runs.Any(run => run.Failed.Count > 0))
            throw new CakeException("Tests failed: they are listed above.");
        if (skipsFail && runs.Any(run => run.Skipped.Count > 0))
            throw new CakeException("Tests were skipped where everything they need is there: they are listed above.");
        if (runs.Sum(run => run.Passed) == 0)
            throw new CakeException("No test has passed, so nothing has been tested.");
    }

    public override string ToString() =>
        $"{runs.Sum(run => run.Passed)} passed, {runs.Sum(run => run.Failed.Count)} failed, "
        + $"{runs.Sum(run => run.Skipped.Count)} skipped";
}

/// <summary>What one test project came to, by the report (TRX) that `dotnet test` left.</summary>
public sealed record TestRun(
    int Passed, IReadOnlyList<(string Test, string Reason)> Failed, IReadOnlyList<(string Test, string Reason)> Skipped)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static TestRun Read(string project, string report, int exitCode)
    {
        var document = report is null ? new XDocument() : XDocument.Load(report);
        var tests = document.Descendants(Trx + "UnitTestResult").ToList();
        var aborted = document.Descendants(Trx + "RunInfo").Any(info => info.Value.Contains("aborted"));
        var failed = Of("Failed");
        // A run that broke off leaves no report, or one that lacks what had no turn; an empty one guards nothing.
        if (tests.Count == 0 || aborted || (exitCode != 0 && failed.Count == 0))
            failed.Add((project, $"Broke off after {tests.Count} tests with exit code {exitCode}: see its output."));
        return new TestRun(Of("Passed").Count, failed, Of("NotExecuted"));

        List<(string, string)> Of(string outcome) =>
        [
            .. tests.Where(test => (string)test.Attribute("outcome") == outcome)
                .Select(test => ($"{project}: {(string)test.Attribute("testName")}", ReasonOf(test))),
        ];
    }

    /// <summary>By the claims that the end-to-end run leaves: a line each, and behind a tab what was wrong.</summary>
    public static TestRun ReadClaims(string file, int exitCode)
    {
        var claims = System.IO.File.Exists(file) ? System.IO.File.ReadLines(file).ToList() : [];
        var failed = claims.Select(claim => claim.Split('\t', 2)).Where(claim => claim.Length == 2)
            .Select(claim => (claim[0], claim[1])).ToList();
        var passed = claims.Count - failed.Count;
        if (passed == 0 || (exitCode != 0 && failed.Count == 0))
            failed.Add(("end to end",
                $"Broke off after {claims.Count} claims with exit code {exitCode}: see its output."));
        return new TestRun(passed, failed, []);
    }

    private static string ReasonOf(XElement test) =>
        string.Join('\n', test.Descendants(Trx + "ErrorInfo").Elements().Select(part => part.Value.TrimEnd()));
}
