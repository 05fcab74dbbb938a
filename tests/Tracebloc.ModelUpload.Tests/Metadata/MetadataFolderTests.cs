using Tracebloc.ModelUpload.Credentials;
using Tracebloc.ModelUpload.Metadata;

namespace Tracebloc.ModelUpload.Tests.Metadata;

public sealed class MetadataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("model-upload-metadata-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string, string> Keys
    {
        get
        {
            var keys = new TheoryData<string, string>();
            foreach (var key in MetadataKey.All.Where(key => key.Field != MetadataKey.Properties))
            {
                keys.Add(key.Name, key.Name);
                if (key.CamelName != key.Name) keys.Add(key.CamelName, key.Name);
            }
            return keys;
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Fault_28_each_key_is_read_in_both_spellings(string written, string name)
    {
        var notes = new MetadataNotes();
        var metadata = MetadataFolder.Read("/m", new FakeFiles(($"/m/{written}", "\uFEFF a value \n")), notes);
        Assert.Equal([(name, "a value")], Values(metadata));
        Assert.Empty(notes.Warnings);
        Assert.Empty(notes.Errors);
    }

    [Theory]
    [InlineData("RegisteredModel.custom_properties")]
    [InlineData("RegisteredModel.customProperties")]
    public void Fault_28_custom_properties_are_read_in_both_spellings(string key)
    {
        var metadata = MetadataFolder.Read("/m", new FakeFiles(($"/m/{key}", """{"a":1}""")), new MetadataNotes());
        Assert.Equal(new PropertyValue.Whole(1), metadata?.RegisteredModel?.CustomProperties["a"]);
    }

    [Fact]
    public void A_ConfigMap_is_read_through_the_links_of_the_kubelet()
    {
        Directory.CreateDirectory(Of("..1"));
        File.WriteAllText(Of("..1/ModelVersion.name"), "1.0.0\n");
        File.CreateSymbolicLink(Of("..data"), "..1");
        File.CreateSymbolicLink(Of("ModelVersion.name"), "..data/ModelVersion.name");
        Directory.CreateDirectory(Of("ModelArtifact.name"));

        var notes = new MetadataNotes();
        var metadata = MetadataFolder.Read(_folder.FullName, new MountedFiles(null), notes);

        Assert.Equal([("ModelVersion.name", "1.0.0")], Values(metadata));
        Assert.Empty(notes.Warnings);
    }

    [Fact]
    public void An_absent_folder_is_none() =>
        Assert.Null(MetadataFolder.Read(Of("none"), new MountedFiles(null), new MetadataNotes()));

    [Fact]
    public void Empty_keys_are_absent() => Assert.Equal(
        ModelMetadata.None,
        MetadataFolder.Read("/m", new FakeFiles(("/m/ModelVersion.name", " \n")), new MetadataNotes()));

    [Theory]
    [InlineData("RegisteredModel.nmae", "; did you mean RegisteredModel.name?")]
    [InlineData("ModelArtifact.description", "")]
    [InlineData("README", "")]
    [InlineData("RegisteredModel", "")]
    public void An_unknown_key_is_a_warning(string key, string meant)
    {
        var notes = new MetadataNotes();
        MetadataFolder.Read("/m", new FakeFiles(($"/m/{key}", "x")), notes);
        Assert.StartsWith($"/m/{key} is unknown and ignored{meant}", Assert.Single(notes.Warnings));
    }

    [Fact]
    public void Two_spellings_of_one_key_must_agree()
    {
        var notes = new MetadataNotes();
        MetadataFolder.Read("/m", new FakeFiles(
            ("/m/ModelVersion.customProperties", "{}"), ("/m/ModelVersion.custom_properties", """{"a":1}""")), notes);
        Assert.Equal(
            "/m/ModelVersion.custom_properties and /m/ModelVersion.customProperties are two spellings of one key; "
            + "remove one",
            Assert.Single(notes.Errors));
    }

    [Fact]
    public void An_unreadable_key_is_never_taken_for_an_absent_one()
    {
        var notes = new MetadataNotes();
        MetadataFolder.Read("/m", new FakeFiles(("/m/ModelVersion.name", null)), notes);
        Assert.Equal(
            "/m/ModelVersion.name is not readable by this user; check the file's mode and owner",
            Assert.Single(notes.Errors));
    }

    private string Of(string name) => Path.Combine(_folder.FullName, name);

    private static IEnumerable<(string, string)> Values(ModelMetadata? metadata)
    {
        var (model, version, artifact) =
            (metadata?.RegisteredModel, metadata?.ModelVersion, metadata?.ModelArtifact);
        return new (string Key, string? Value)[]
        {
            ("RegisteredModel.name", model?.Name),
            ("RegisteredModel.id", model?.Id),
            ("RegisteredModel.description", model?.Description),
            ("RegisteredModel.owner", model?.Owner),
            ("ModelVersion.name", version?.Name),
            ("ModelVersion.description", version?.Description),
            ("ModelVersion.author", version?.Author),
            ("ModelArtifact.id", artifact?.Id),
            ("ModelArtifact.name", artifact?.Name),
            ("ModelArtifact.model_format_name", artifact?.ModelFormatName),
            ("ModelArtifact.model_format_version", artifact?.ModelFormatVersion),
            ("ModelArtifact.storage_key", artifact?.StorageKey),
            ("ModelArtifact.storage_path", artifact?.StoragePath),
            ("ModelArtifact.service_account_name", artifact?.ServiceAccountName),
            ("ModelArtifact.model_source_kind", artifact?.ModelSourceKind),
            ("ModelArtifact.model_source_class", artifact?.ModelSourceClass),
            ("ModelArtifact.model_source_group", artifact?.ModelSourceGroup),
            ("ModelArtifact.model_source_id", artifact?.ModelSourceId),
            ("ModelArtifact.model_source_name", artifact?.ModelSourceName),
        }
            .Where(pair => pair.Value is not null)
            .Select(pair => (pair.Key, pair.Value ?? ""));
    }
}
