using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Registering;

namespace Tracebloc.ModelUpload.Tests.Registering;

/// <summary>The key by which tries of one run recognise each other.</summary>
public sealed class RunKeyTests
{
    private static readonly IntentSettings Create = new() { Kind = UploadIntent.CreateModel };

    [Fact]
    public void Equal_inputs_have_equal_keys_of_32_digits()
    {
        Assert.Equal(KeyOf("a", "1", "w", Trial.Uri), KeyOf("a", "1", "w", Trial.Uri));
        Assert.Matches("^[0-9a-f]{32}$", KeyOf("a", "1", "w", Trial.Uri));
    }

    [Fact]
    public void Each_input_counts()
    {
        var metadata = Trial.Metadata;
        string[] keys =
        [
            KeyOf("a", "1", "w", Trial.Uri),
            KeyOf("b", "1", "w", Trial.Uri),
            KeyOf("a", "2", "w", Trial.Uri),
            KeyOf("a", "1", "x", Trial.Uri),
            KeyOf("a", "1", null, Trial.Uri),
            KeyOf("a", "1", "", Trial.Uri),
            KeyOf("a1", "", "w", Trial.Uri),
            KeyOf("a", "1", "w", Trial.Uri + "1"),
            RunKey.Of(new() { Kind = UploadIntent.CreateVersion, ModelId = "1" }, metadata, Trial.Uri),
            RunKey.Of(new() { Kind = UploadIntent.CreateVersion, ModelId = "2" }, metadata, Trial.Uri),
            RunKey.Of(new() { Kind = UploadIntent.UpdateArtifact, ModelArtifactId = "1" }, null, Trial.Uri),
            RunKey.Of(new() { Kind = UploadIntent.UpdateArtifact, ModelArtifactId = "2" }, null, Trial.Uri),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void A_default_name_has_the_key_of_the_same_name_given() =>
        Assert.Equal(KeyOf("a", "1.0.0", "w", Trial.Uri), KeyOf("a", null, "w", Trial.Uri));

    private static string KeyOf(string model, string? version, string? artifact, string destination) => RunKey.Of(
        Create, new ModelMetadata(new() { Name = model }, new() { Name = version }, new() { Name = artifact }),
        destination);
}
