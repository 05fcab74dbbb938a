using System.Text.Json.Nodes;

namespace Tracebloc.Kubernetes.Tests;

/// <summary>Patches of each kind, the versions and generations they make, and the fields they own.</summary>
public abstract partial class PatchContract : KubernetesContract
{
    [Fact]
    public async Task A_strategic_merge_changes_one_variable_of_one_container()
    {
        await CreateAsync(Deployment());
        var patched = await PatchAsync(V1Patch.StrategicMerge(Json("""
            {"spec":{"template":{"spec":{"containers":[
              {"name":"api","env":[{"name":"B","value":"3"},{"name":"C","value":"4"}]}]}}}}
            """)));

        Assert.Equal("""["A=1","B=3","C=4"]""", Variables(patched));
        Assert.Equal("registry.example.com/api:stable", (string?)Container(patched, "api")["image"]);
        Assert.Equal("registry.example.com/side:stable", (string?)Container(patched, "side")["image"]);
    }

    [Fact]
    public async Task A_strategic_merge_deletes_an_entry_and_an_annotation()
    {
        await CreateAsync(Deployment());
        var patched = await PatchAsync(V1Patch.StrategicMerge(Json("""
            {"metadata":{"annotations":{"note":null,"other":"x"}},
             "spec":{"template":{"spec":{"containers":[{"name":"api","env":[{"name":"A","$patch":"delete"}]}]}}}}
            """)));

        Assert.Equal("""["B=2"]""", Variables(patched));
        Assert.Null(Annotation(patched, "note"));
        Assert.Equal("x", Annotation(patched, "other"));
    }

    [Fact]
    public async Task A_strategic_merge_for_a_container_that_is_not_there_is_invalid()
    {
        await CreateAsync(Deployment());
        var error = await Assert.ThrowsAsync<KubernetesException>(() => PatchAsync(V1Patch.StrategicMerge(Json("""
            {"spec":{"template":{"spec":{"containers":[{"name":"typo","env":[{"name":"B","value":"3"}]}]}}}}
            """))));

        Assert.Equal(422, error.Code);
        Assert.Equal("Invalid", error.Reason);
        Assert.Contains(".image: Required value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_beside_valueFrom_is_invalid()
    {
        var deployment = Deployment();
        Container(deployment, "api")["env"]![0] =
            Json("""{"name":"A","valueFrom":{"configMapKeyRef":{"name":"c","key":"k"}}}""");
        await CreateAsync(deployment);
        var error = await Assert.ThrowsAsync<KubernetesException>(() => PatchAsync(V1Patch.StrategicMerge(Json("""
            {"spec":{"template":{"spec":{"containers":[{"name":"api","env":[{"name":"A","value":"3"}]}]}}}}
            """))));

        Assert.Equal(422, error.Code);
        Assert.Contains("valueFrom", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_patch_replaces_lists_whole()
    {
        await CreateAsync(Deployment());
        var patched = await MergeAsync("""
            {"metadata":{"annotations":{"note":null}},
             "spec":{"template":{"spec":{"containers":[{"name":"api","image":"registry.example.com/api:next"}]}}}}
            """);

        var only = Assert.Single(patched["spec"]!["template"]!["spec"]!["containers"]!.AsArray());
        Assert.Equal("registry.example.com/api:next", (string?)only!["image"]);
        Assert.Null(only["env"]);
        Assert.Null(Annotation(patched, "note"));
    }

    [Fact]
    public async Task A_json_patch_applies_its_operations_or_none()
    {
        await CreateAsync(Deployment());
        var patched = await PatchAsync(V1Patch.Json(Json("""
            [{"op":"test","path":"/metadata/annotations/note","value":"first"},
             {"op":"add","path":"/metadata/annotations/tracebloc.io~1record","value":"x"},
             {"op":"replace","path":"/spec/template/spec/containers/1/image","value":"registry.example.com/side:next"}]
            """)));
        Assert.Equal("x", Annotation(patched, "tracebloc.io/record"));
        Assert.Equal("registry.example.com/side:next", (string?)Container(patched, "side")["image"]);

        var error = await Assert.ThrowsAsync<KubernetesException>(() => PatchAsync(V1Patch.Json(Json("""
            [{"op":"remove","path":"/metadata/annotations/note"},
             {"op":"test","path":"/metadata/annotations/tracebloc.io~1record","value":"y"}]
            """))));
        Assert.Equal(422, error.Code);
        Assert.Equal("first", Annotation(await GetAsync(), "note"));
    }

    [Fact]
    public async Task A_patch_of_an_older_version_is_a_conflict_and_changes_nothing()
    {
        var old = Version(await CreateAsync(Deployment()));
        await MergeAsync("""{"metadata":{"annotations":{"note":"second"}}}""");
        var error = await Assert.ThrowsAsync<KubernetesException>(() =>
            MergeAsync(At(old, "third")));

        Assert.True(error.IsConflict);
        Assert.Equal("Conflict", error.Reason);
        Assert.False(error.IsOutcomeUnknown);
        Assert.Equal("second", Annotation(await GetAsync(), "note"));
    }

    [Fact]
    public async Task A_patch_of_the_current_version_is_applied()
    {
        await CreateAsync(Deployment());
        await SettledAsync();
        var current = Version(await GetAsync());
        var patched = await MergeAsync(At(current, "second"));

        Assert.Equal("second", Annotation(patched, "note"));
        Assert.NotEqual(current, Version(patched));
    }

    [Fact]
    public async Task Of_a_Deployment_the_annotations_move_the_generation_too()
    {
        await CreateAsync(Deployment());

        Assert.Equal(1, Generation(await MergeAsync("""{"metadata":{"labels":{"tier":"other"}}}""")));
        Assert.Equal(2, Generation(await MergeAsync("""{"metadata":{"annotations":{"note":"second"}}}""")));
        Assert.Equal(3, Generation(await MergeAsync("""{"spec":{"minReadySeconds":1}}""")));
    }

    [Theory]
    [InlineData("statefulsets", "StatefulSet")]
    [InlineData("daemonsets", "DaemonSet")]
    public async Task Of_other_workloads_the_annotations_leave_the_generation_alone(string plural, string kind)
    {
        var type = new ResourceType("apps", "v1", plural, kind);
        var workload = Deployment();
        workload["kind"] = kind;
        workload["spec"]!.AsObject().Remove("replicas");
        if (kind == "StatefulSet") workload["spec"]!["serviceName"] = "web";
        await Client.CreateAsync(type, Ns, workload, new CreateOptions(), Cancelled);

        Assert.Equal(1, await GenerationAsync(type, """{"metadata":{"annotations":{"note":"second"}}}"""));
        Assert.Equal(2, await GenerationAsync(type, """
            {"spec":{"template":{"metadata":{"annotations":{
              "kubectl.kubernetes.io/restartedAt":"2026-01-02T03:04:05Z"}}}}}
            """));
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_leaves_the_version_alone()
    {
        await CreateAsync(Deployment());
        await SettledAsync();
        var before = Version(await GetAsync());
        var patched = await MergeAsync("""{"metadata":{"annotations":{"note":"first"}}}""");

        Assert.Equal(before, Version(patched));
    }

    [Fact]
    public async Task A_dry_run_answers_and_stores_nothing()
    {
        await CreateAsync(Deployment());
        var patched = await PatchAsync(
            V1Patch.Merge(Json("""{"metadata":{"annotations":{"note":"dry"}}}""")), new PatchOptions { DryRun = true });

        Assert.Equal("dry", Annotation(patched, "note"));
        Assert.Equal("first", Annotation(await GetAsync(), "note"));
    }

    [Fact]
    public async Task The_selector_cannot_be_changed()
    {
        await CreateAsync(Deployment());
        var error = await Assert.ThrowsAsync<KubernetesException>(() => MergeAsync("""
            {"spec":{"selector":{"matchLabels":{"app":"web","new":"x"}},
             "template":{"metadata":{"labels":{"new":"x"}}}}}
            """));

        Assert.Equal(422, error.Code);
        Assert.Contains("field is immutable", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Controllers_say_which_generation_they_have_seen()
    {
        await CreateAsync(Deployment());
        await MergeAsync("""{"spec":{"minReadySeconds":1}}""");

        Assert.Equal(2, (long?)(await SettledAsync())["status"]!["observedGeneration"]);
    }

    private async Task<long?> GenerationAsync(ResourceType type, string patch) => Generation(await Client.PatchAsync(
        type, new(Ns, "web"), V1Patch.StrategicMerge(Json(patch)), new PatchOptions(), Cancelled));

    private static string At(string? version, string note) =>
        $$$"""{ "metadata": { "resourceVersion": "{{{version}}}", "annotations": { "note": "{{{note}}}" } } }""";

    private static string Variables(JsonObject deployment) =>
        new JsonArray([.. Container(deployment, "api")["env"]!.AsArray()
        .Select(v => JsonValue.Create($"{(string?)v!["name"]}={(string?)v["value"]}"))]).ToJsonString();
}
