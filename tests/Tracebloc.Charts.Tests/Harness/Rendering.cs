using System.Text.RegularExpressions;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>The objects of one installation, as `helm template` prints them.</summary>
internal sealed partial class Rendering
{
    public Rendering(string text)
        : this(
            [
                .. Separator().Split(text)
                    .Select(document => new Manifest(document))
                    .Where(manifest => manifest.Root.Exists),
            ],
            text)
    {
    }

    private Rendering(IReadOnlyList<Manifest> manifests, string text) => (Manifests, Text) = (manifests, text);

    public string Text { get; }

    /// <summary>The same without the passwords that are made anew where no cluster keeps them.</summary>
    public string LastingText => Generated().Replace(Text, "");

    public IReadOnlyList<Manifest> Manifests { get; }

    /// <summary>The objects that make pods, the hooks of `helm test` among them.</summary>
    public IReadOnlyList<Workload> Workloads =>
        [.. Manifests.Where(manifest => Workload.Kinds.Contains(manifest.Kind)).Select(found => new Workload(found))];

    /// <summary>Of all workloads.</summary>
    public IReadOnlyList<Container> Containers => [.. Workloads.SelectMany(workload => workload.AllContainers)];

    /// <summary>Roles and ClusterRoles.</summary>
    public IReadOnlyList<Role> Roles =>
        [.. Manifests.Where(manifest => Role.Kinds.Contains(manifest.Kind)).Select(found => new Role(found))];

    public Role RoleOf(string kind, string name) => new(Find(kind, name));

    public bool Has(string kind, string name) => Named(kind, name).Any();

    public bool Has(string kind, string name, string @namespace) => In(@namespace).Has(kind, name);

    /// <summary>The objects of one namespace.</summary>
    public Rendering In(string @namespace) =>
        new([.. Manifests.Where(manifest => manifest.Namespace == @namespace)], Text);

    public Manifest Find(string kind, string name) => Named(kind, name).ToList() is [var only]
        ? only
        : throw new KeyNotFoundException(
            $"There is no one {kind} {name} among {string.Join(", ", Manifests.Select(manifest => manifest.Id))}.");

    public Workload Deployment(string name) => new(Find("Deployment", name));

    public Workload CronJob(string name) => new(Find("CronJob", name));

    /// <summary>The objects from the templates of one component.</summary>
    public IReadOnlyList<Manifest> From(string component) =>
        [.. Manifests.Where(manifest => manifest.Source.Contains($"templates/{component}/", StringComparison.Ordinal))];

    private IEnumerable<Manifest> Named(string kind, string name) =>
        Manifests.Where(manifest => manifest.Kind == kind && manifest.Name == name);

    [GeneratedRegex("^---\n", RegexOptions.Multiline)]
    private static partial Regex Separator();

    [GeneratedRegex(@"(?<=^  (JOBS_MANAGER_DB_PASSWORD|DB_PASSWORD|accounts\.sql): )\S+$", RegexOptions.Multiline)]
    private static partial Regex Generated();
}
