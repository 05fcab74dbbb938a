using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

public abstract partial class PatchContract
{
    private const string VariableB =
        """f:spec/f:template/f:spec/f:containers/k:{"name":"api"}/f:env/k:{"name":"B"}/f:value""";

    private const string Image = """f:spec/f:template/f:spec/f:containers/k:{"name":"side"}/f:image""";

    [Fact]
    public async Task The_one_who_creates_an_object_owns_its_fields()
    {
        await CreateAsync(Deployment(), "helm");
        var owners = Owners(await GetAsync());

        Assert.Equal(["helm"], owners(VariableB));
        Assert.Equal(["helm"], owners(Image));
        Assert.Equal(["helm"], owners("f:metadata/f:annotations/f:note"));
        Assert.Equal(["helm"], owners("f:spec/f:template/f:metadata/f:labels/f:app"));
        Assert.Empty(owners("f:metadata/f:name"));
    }

    [Fact]
    public async Task The_one_who_changes_a_field_takes_it_over_and_no_other()
    {
        await CreateAsync(Deployment(), "helm");
        var patched = await PatchAsync(V1Patch.StrategicMerge(Json("""
            {"metadata":{"annotations":{"tracebloc.io/record":"x"}},
             "spec":{"template":{"spec":{"containers":[{"name":"api","env":[{"name":"B","value":"3"}]}]}}}}
            """)), new PatchOptions { FieldManager = "image-refresh" });
        var owners = Owners(patched);

        Assert.Equal(["image-refresh"], owners(VariableB));
        Assert.Equal(["image-refresh"], owners("f:metadata/f:annotations/f:tracebloc.io/record"));
        Assert.Equal(["helm"], owners("f:metadata/f:annotations/f:note"));
        Assert.Equal(["helm"], owners(Image));
    }

    [Fact]
    public async Task A_field_that_is_deleted_has_no_owner()
    {
        await CreateAsync(Deployment(), "helm");
        var patched = await PatchAsync(
            V1Patch.Merge(Json("""{"metadata":{"annotations":{"note":null}}}""")),
            new PatchOptions { FieldManager = "someone" });

        Assert.Empty(Owners(patched)("f:metadata/f:annotations/f:note"));
    }

    [Fact]
    public async Task Without_a_field_manager_the_user_agent_names_the_writer()
    {
        await CreateAsync(Deployment(), "helm");
        var patched = await MergeAsync("""{"metadata":{"annotations":{"note":"second"}}}""");

        Assert.Equal(["tracebloc"], Owners(patched)("f:metadata/f:annotations/f:note"));
    }

    // Of the answer to a patch: a controller of 1.20 that writes afterwards gives a field back to its earlier owner.
    private static Func<string, IEnumerable<string?>> Owners(JsonObject item)
    {
        var entries = item["metadata"]!["managedFields"]?.AsArray() ?? [];
        Assert.All(entries, entry => Assert.Equal("Update", (string?)entry!["operation"]));
        Assert.All(entries, entry => Assert.NotNull(entry!["time"]));
        return path => entries.Where(entry => Has(entry!["fieldsV1"], path))
            .Select(entry => (string?)entry!["manager"]);
    }

    private static bool Has(JsonNode? fields, string path) => fields is JsonObject map && map.Any(field =>
        field.Key == path || (path.StartsWith(field.Key + "/", StringComparison.Ordinal)
            && Has(field.Value, path[(field.Key.Length + 1)..])));
}
