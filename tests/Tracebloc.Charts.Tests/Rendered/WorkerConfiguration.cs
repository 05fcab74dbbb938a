using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Testing;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The worker's configuration in a rendering, read by the worker's own reader.</summary>
internal static partial class WorkerConfiguration
{
    public static string TextIn(Rendering chart) =>
        chart.Find("ConfigMap", "acme-image-refresh")["data"]["refresh.yaml"].Text;

    public static RefreshConfiguration ReadFrom(Rendering chart)
    {
        var folder = Directory.CreateTempSubdirectory("refresh-");
        try
        {
            var text = MountedFile().Replace(TextIn(chart), path => Here(folder, path.Value));
            var file = Path.Combine(folder.FullName, "refresh.yaml");
            File.WriteAllText(file, text);
            return RefreshConfigurationReader.Read(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The files that it names, which are mounted in the pod and not here.</summary>
    public static IEnumerable<string> FilesIn(Rendering chart) =>
        MountedFile().Matches(TextIn(chart)).Select(match => match.Value);

    private static string Here(DirectoryInfo folder, string mounted)
    {
        using var certificates = TestCertificates.Create();
        var file = Path.Combine(folder.FullName, Path.GetFileName(mounted));
        File.WriteAllText(file, file.EndsWith(".crt", StringComparison.Ordinal) ? certificates.AuthorityPem : "{}");
        return file;
    }

    [GeneratedRegex(@"(?<=(?:File|key|trustRoot): )/[\w./-]+")]
    private static partial Regex MountedFile();
}
