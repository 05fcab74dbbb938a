using System.Text.RegularExpressions;

namespace Tracebloc.Architecture.Tests;

/// <summary>A job that one place does for the whole product: the calls that do it, and where they may stand.</summary>
/// <param name="Job">The job, as a sentence about its place.</param>
/// <param name="Calls">A pattern of the calls.</param>
/// <param name="Places">The files, or folders with a slash at their end.</param>
/// <param name="Seed">Code that does the job by itself.</param>
internal sealed record SingleHome(string Job, string Calls, string[] Places, string Seed)
{
    private const string Net = "src/Tracebloc.Net/";

    public static IReadOnlyList<SingleHome> All { get; } =
    [
        new(
            "Deadline alone cancels by time",
            @"\bCreateLinkedTokenSource\(|\bCancelAfter\(|\bCancellationTokenSource(\s+\w+\s*=\s*new)?\((?!\))",
            // Together, RolloutWatch and S3Parts end works by the end of another, and by no clock.
            [
                Net + "Deadline.cs", Net + "Together.cs", "src/Tracebloc.ImageRefresh/Applying/RolloutWatch.cs",
                "src/Tracebloc.ModelUpload/Destinations/S3Parts.cs",
            ],
            "using var timer = new CancellationTokenSource(limit, time);"),
        new(
            "FileReplacement alone renames files",
            @"\bFile\.(Move|Replace)\(|\.MoveTo\(",
            [Net + "Files/FileReplacement.cs"],
            "File.Move(half, path, overwrite: true);"),
        new(
            "ProgramRunner alone starts programs",
            @"\bProcess\.Start\(|\bnew Process(StartInfo)?\b|\bCli\.Wrap\(",
            ["src/Tracebloc.Processes/ProgramRunner.cs"],
            "using var child = Process.Start(program);"),
        new(
            "BoundedBody alone reads bodies",
            @"\.ReadAs(Stream|String|ByteArray)(Async)?\(|\.LoadIntoBuffer|\bReadFromJson",
            // A watch has no end; its reader bounds each line.
            [Net + "BoundedBody.cs", "src/Tracebloc.Kubernetes/RequestSender.cs"],
            "var text = await response.Content.ReadAsStringAsync(token);"),
        new(
            "Line and Escaped alone make foreign text fit for a line",
            @"\bchar\.IsControl\b",
            [Net + "Line.cs", Net + "Escaped.cs"],
            "span[i] = char.IsControl(text[i]) ? ' ' : text[i];"),
        new(
            "Throttled alone limits concurrency",
            @"\bSemaphoreSlim(\s+\w+\s*=\s*new)?\((?!1[,)])|\bParallel\.",
            // S3Parts reads parts one after the other while it sends several.
            [Net + "Throttled.cs", "src/Tracebloc.ModelUpload/Destinations/S3Parts.cs"],
            "using var gate = new SemaphoreSlim(limit);"),
        new(
            "Net alone trusts servers",
            @"\bCustomRootTrust\b|\bCustomTrustStore\b|\bX509Store\(|\bSslPolicyErrors\b",
            // The chain of a signature's certificate is no server's.
            [Net, "src/Tracebloc.Signatures/CertificateAuthority.cs"],
            "policy.TrustMode = X509ChainTrustMode.CustomRootTrust;"),
        new(
            "ProxySettings alone chooses a proxy",
            @"\bnew WebProxy\(|:\s*IWebProxy\b",
            [Net + "ProxySettings.cs"],
            "internal sealed class OwnProxy : IWebProxy"),
        new(
            "ConfigurationDocument alone reads YAML",
            @"\bnew (Parser|YamlStream|Scanner)\(|\bDeserializerBuilder\b",
            ["src/Tracebloc.Configuration/ConfigurationDocument.cs"],
            "var stream = new YamlStream();"),
    ];

    public static IEnumerable<SourceRule> Rules => All.Select(home =>
        new SourceRule(home.Job, ["src"], [".cs"], home.Strays, home.Seed));

    public bool IsAt(string path) => Places.Any(place =>
        place.EndsWith('/') ? path.StartsWith(place, StringComparison.Ordinal) : path == place);

    public IEnumerable<string> Strays(SourceFile file) => IsAt(file.Path) ? [] : Uses(file);

    public IEnumerable<string> Uses(SourceFile file) => file.Code.Index()
        .Where(line => Regex.IsMatch(line.Item, Calls))
        .Select(line => $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}");
}
