using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The permissions of the hook: to read its own ConfigMap, for the key of the run.</summary>
public sealed class RightsTests
{
    [Fact]
    public async Task It_may_read_its_own_config_map_and_nothing_else()
    {
        var chart = await IngestorChart.RenderAsync();

        var rule = Assert.Single(Assert.Single(chart.Roles).Rules);
        Assert.Equal(" configmaps acme-submit get", rule.ToString());
        Assert.True(chart.Has("ConfigMap", "acme-submit"));
    }

    [Theory]
    [InlineData("", "ingestor")]
    [InlineData("submit: {serviceAccountName: radiology}", "radiology")]
    public async Task The_account_that_runs_it_has_them(string values, string account)
    {
        var chart = await IngestorChart.RenderAsync(values);
        var binding = chart.Find("RoleBinding", IngestorChart.Name);

        Assert.Equal(account, IngestorChart.HookIn(chart).ServiceAccount);
        Assert.Equal(
            $"{{\"kind\": \"ServiceAccount\", \"name\": \"{account}\", \"namespace\": \"tracebloc\"}}",
            Assert.Single(binding["subjects"].Items).Json);
        Assert.Equal("Role/acme-submit", $"{binding.At("roleRef.kind").Text}/{binding.At("roleRef.name").Text}");
        Assert.Equal("true", IngestorChart.HookIn(chart).Pod["automountServiceAccountToken"].Text);
    }

    [Fact]
    public async Task With_a_key_of_its_own_it_needs_none_and_has_none()
    {
        var chart = await IngestorChart.RenderAsync("submit: {key: houses-1}");

        Assert.Equal(["ConfigMap", "Job"], chart.Manifests.Select(manifest => manifest.Kind).Order());
        Assert.Equal("false", IngestorChart.HookIn(chart).Pod["automountServiceAccountToken"].Text);
    }

    /// <summary>
    /// Several data sets are releases of one namespace, and they share the account, which the client chart makes.
    /// </summary>
    [Fact]
    public async Task Two_releases_have_no_object_in_common()
    {
        var one = await IngestorChart.RenderAsync();
        var other = await IngestorChart.Chart.RenderAsync(IngestorChart.Release() with { Name = "acme-2" });

        Assert.Empty(one.Manifests.Select(manifest => manifest.Id).Intersect(other.Manifests.Select(one => one.Id)));
        Assert.False(one.Has("ServiceAccount", "ingestor"));
        Assert.True((await Chart.Client.RenderAsync()).Has("ServiceAccount", "ingestor"));
    }
}
