using Tracebloc.Charts.Tests.Harness;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Testing;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The CustomResourceDefinitions belong to the platform; tests have their own.</summary>
public sealed class DefinitionTests
{
    private static readonly Rendering Definitions = new(
        Documents.Read("tests/Tracebloc.EndToEnd/Manifests/michelangelo-kinds.yaml"));

    [Fact]
    public void There_is_one_for_each_kind() => Assert.Equal(
        KindTable.All.Select(kind => $"{kind.Plural}.{kind.Group} {kind.Name} {kind.Plural} {kind.Version}"),
        Definitions.Manifests.Select(one => string.Join(
            ' ',
            one.Name,
            one.At("spec.names.kind").Text,
            one.At("spec.names.plural").Text,
            Assert.Single(one.At("spec.versions").Items)["name"].Text)));

    [Fact]
    public async Task The_chart_has_none() => Assert.DoesNotContain(
        (await SyncChart.RenderEnabledAsync()).Manifests, manifest => manifest.Kind == "CustomResourceDefinition");
}
