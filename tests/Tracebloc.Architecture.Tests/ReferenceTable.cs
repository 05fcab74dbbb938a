using System.Reflection;
using System.Xml.Linq;

namespace Tracebloc.Architecture.Tests;

/// <summary>The references each project under src/ may have: one row per project.</summary>
internal sealed record ReferenceTable(params IReadOnlyList<ReferenceTable.Row> Rows)
{
    public static ReferenceTable OfTheProduct { get; } = new(
        new("Tracebloc.Net", Projects: [], Packages: []),
        new("Tracebloc.Processes", ["Tracebloc.Net"], ["CliWrap", "Microsoft.Extensions.Logging.Abstractions"]),
        new("Tracebloc.Configuration", ["Tracebloc.Net"], ["YamlDotNet"]),
        new(
            "Tracebloc.CommandLine",
            ["Tracebloc.Net", "Tracebloc.Configuration"],
            ["System.CommandLine", "Microsoft.Extensions.Logging.Abstractions"]),
        new("Tracebloc.Hosting", ["Tracebloc.Net"], ["Microsoft.Extensions.*", "Serilog*"]),
        new("Tracebloc.Telemetry", ["Tracebloc.Net"], []),
        new(
            "Tracebloc.Kubernetes",
            ["Tracebloc.Net", "Tracebloc.Processes", "Tracebloc.Configuration"],
            []),
        new("Tracebloc.Registry", ["Tracebloc.Net", "Tracebloc.Processes"], []),
        new(
            "Tracebloc.Signatures",
            ["Tracebloc.Net", "Tracebloc.Registry"],
            ["BouncyCastle.Cryptography", "System.Security.Cryptography.Pkcs"]),
        new("Tracebloc.Ingestion", ["Tracebloc.Net", "Tracebloc.Configuration"], ["ZstdSharp.Port", "ZstdSharp"]),
        new("Tracebloc.Database", ["Tracebloc.Net"], ["MySqlConnector", "Microsoft.Extensions.Logging.Abstractions"]),
        new("Tracebloc.Web", ["Tracebloc.Net"], ["Microsoft.AspNetCore*", "Microsoft.Extensions.*"]),
        new("Tracebloc.ImageRefresh", Libraries, [], Assembly: "image-refresh"),
        new("Tracebloc.ChartUpgrade", Libraries, [], Assembly: "chart-upgrade"),
        new("Tracebloc.Ingestor", Libraries, [], Assembly: "ingestor"),
        new("Tracebloc.JobsManager", Libraries, ["Microsoft.AspNetCore*", "Microsoft.Extensions.*"], "jobs-manager"),
        new("Tracebloc.Cli", Libraries, ["Spectre.Console"], Assembly: "tracebloc"),
        new(
            "Tracebloc.MetadataSync",
            Libraries,
            ["Microsoft.AspNetCore*", "Microsoft.Extensions.*", "Microsoft.Net.Http.Headers"],
            "metadata-sync"),
        new(
            "Tracebloc.ModelUpload",
            Libraries,
            ["AWSSDK.*", "SharpCompress", "ZstdSharp.Port", "ZstdSharp", "Microsoft.Extensions.Logging.Abstractions"],
            "model-upload"));

    // A program may use every library, and no program.
    private static IReadOnlyList<string> Libraries =>
    [
        "Tracebloc.Net", "Tracebloc.Processes", "Tracebloc.Configuration", "Tracebloc.CommandLine",
        "Tracebloc.Hosting", "Tracebloc.Telemetry", "Tracebloc.Kubernetes", "Tracebloc.Registry",
        "Tracebloc.Signatures", "Tracebloc.Ingestion", "Tracebloc.Database", "Tracebloc.Web",
    ];

    private static readonly string Framework = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    /// <summary>The references of the project file beyond its row.</summary>
    public IEnumerable<string> Violations(string project, XDocument file)
    {
        if (Find(project) is not { } row)
            return [$"{project} is not in the reference table: decide what it may reference and add a row."];
        return Includes("ProjectReference").Select(Path.GetFileNameWithoutExtension)
            .Where(name => !row.Projects.Contains(name))
            .Concat(Includes("PackageReference").Concat(Includes("FrameworkReference"))
                .Where(name => !row.Packages.Any(pattern => Matches(pattern, name))))
            .Select(name => $"{project} may not reference {name}.");

        IEnumerable<string> Includes(string item) =>
            file.Descendants(item).Select(element => (string?)element.Attribute("Include") ?? "");
    }

    /// <summary>
    /// The references of the compiled assembly beyond its row, its projects' own references and the framework.
    /// </summary>
    public IEnumerable<string> Violations(string project, IEnumerable<AssemblyName> used)
    {
        if (Find(project) is not { } row)
            return [];
        Row[] brought = [row, .. row.Projects.Select(Find).OfType<Row>()];
        return used.Select(assembly => assembly.Name ?? "")
            .Where(name => !row.Projects.Contains(name) && !IsFramework(name))
            .Where(name => !brought.SelectMany(one => one.Packages).Any(pattern => Matches(pattern, name)))
            .Select(name => $"{project} was compiled against {name}.");
    }

    private Row? Find(string project) => Rows.FirstOrDefault(row => row.Name == project);

    private static bool IsFramework(string name) => File.Exists(Path.Combine(Framework, name + ".dll"));

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : name == pattern;

    internal sealed record Row(
        string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, string? Assembly = null)
    {
        public Assembly Load() => System.Reflection.Assembly.Load(Assembly ?? Name);
    }
}
