using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class OptionTableTests
{
    // The requirement's table, word for word.
    public static TheoryData<string, string> Required => new()
    {
        { "MODEL_SYNC_SOURCE_TYPE", "--source-type" },
        { "MODEL_SYNC_SOURCE_S3_CREDENTIALS_PATH", "--source-s3-credentials-path" },
        { "MODEL_SYNC_SOURCE_OCI_CREDENTIALS_PATH", "--source-oci-credentials-path" },
        { "MODEL_SYNC_SOURCE_URI_CREDENTIALS_PATH", "--source-uri-credentials-path" },
        { "MODEL_SYNC_SOURCE_URI", "--source-uri" },
        { "MODEL_SYNC_SOURCE_AWS_BUCKET", "--source-aws-bucket" },
        { "MODEL_SYNC_SOURCE_AWS_KEY", "--source-aws-key" },
        { "MODEL_SYNC_SOURCE_AWS_REGION", "--source-aws-region" },
        { "MODEL_SYNC_SOURCE_AWS_ACCESS_KEY_ID", "--source-aws-access-key-id" },
        { "MODEL_SYNC_SOURCE_AWS_SECRET_ACCESS_KEY", "--source-aws-secret-access-key" },
        { "MODEL_SYNC_SOURCE_AWS_ENDPOINT", "--source-aws-endpoint" },
        { "MODEL_SYNC_SOURCE_OCI_URI", "--source-oci-uri" },
        { "MODEL_SYNC_SOURCE_OCI_REGISTRY", "--source-oci-registry" },
        { "MODEL_SYNC_SOURCE_OCI_USERNAME", "--source-oci-username" },
        { "MODEL_SYNC_SOURCE_OCI_PASSWORD", "--source-oci-password" },
        { "MODEL_SYNC_DESTINATION_TYPE", "--destination-type" },
        { "MODEL_SYNC_DESTINATION_S3_CREDENTIALS_PATH", "--destination-s3-credentials-path" },
        { "MODEL_SYNC_DESTINATION_OCI_CREDENTIALS_PATH", "--destination-oci-credentials-path" },
        { "MODEL_SYNC_DESTINATION_AWS_BUCKET", "--destination-aws-bucket" },
        { "MODEL_SYNC_DESTINATION_AWS_KEY", "--destination-aws-key" },
        { "MODEL_SYNC_DESTINATION_AWS_REGION", "--destination-aws-region" },
        { "MODEL_SYNC_DESTINATION_AWS_ACCESS_KEY_ID", "--destination-aws-access-key-id" },
        { "MODEL_SYNC_DESTINATION_AWS_SECRET_ACCESS_KEY", "--destination-aws-secret-access-key" },
        { "MODEL_SYNC_DESTINATION_AWS_ENDPOINT", "--destination-aws-endpoint" },
        { "MODEL_SYNC_DESTINATION_OCI_URI", "--destination-oci-uri" },
        { "MODEL_SYNC_DESTINATION_OCI_REGISTRY", "--destination-oci-registry" },
        { "MODEL_SYNC_DESTINATION_OCI_USERNAME", "--destination-oci-username" },
        { "MODEL_SYNC_DESTINATION_OCI_PASSWORD", "--destination-oci-password" },
        { "MODEL_SYNC_DESTINATION_OCI_BASE_IMAGE", "--destination-oci-base-image" },
        { "MODEL_SYNC_DESTINATION_OCI_ENABLE_TLS_VERIFY", "--destination-oci-enable-tls-verify" },
        { "MODEL_SYNC_MODEL_UPLOAD_INTENT", "--model-upload-intent" },
        { "MODEL_SYNC_MODEL_ID", "--model-id" },
        { "MODEL_SYNC_MODEL_VERSION_ID", "--model-version-id" },
        { "MODEL_SYNC_MODEL_ARTIFACT_ID", "--model-artifact-id" },
        { "MODEL_SYNC_STORAGE_PATH", "--storage-path" },
        { "MODEL_SYNC_METADATA_CONFIGMAP_PATH", "--metadata-configmap-path" },
        { "MODEL_SYNC_REGISTRY_SERVER_ADDRESS", "--registry-server-address" },
        { "MODEL_SYNC_REGISTRY_PORT", "--registry-port" },
        { "MODEL_SYNC_REGISTRY_IS_SECURE", "--registry-is-secure" },
        { "MODEL_SYNC_REGISTRY_AUTHOR", "--registry-author" },
        { "MODEL_SYNC_REGISTRY_USER_TOKEN", "--registry-user-token" },
        { "MODEL_SYNC_REGISTRY_USER_TOKEN_ENVVAR", "--registry-user-token-envvar" },
        { "MODEL_SYNC_REGISTRY_CUSTOM_CA", "--registry-custom-ca" },
        { "MODEL_SYNC_REGISTRY_CUSTOM_CA_ENVVAR", "--registry-custom-ca-envvar" },
        { "MODEL_SYNC_REGISTRY_LOG_LEVEL", "--registry-log-level" },
        { "MODEL_SYNC_SIGN", "--sign" },
        { "MODEL_SYNC_SIGNING_IDENTITY_TOKEN_PATH", "--signing-identity-token-path" },
    };

    public static TheoryData<string> Names => [.. OptionTable.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Required))]
    public void Each_option_of_the_Python_job_is_in_the_table(string variable, string flag) =>
        Assert.Single(OptionTable.All, entry => entry.Variable == variable && entry.Flag == flag);

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_are_unique_and_in_kebab_case(string name)
    {
        Assert.Single(OptionTable.All, entry => entry.Name == name);
        Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_default_is_one_of_the_choices(string name)
    {
        var entry = OptionTable.Get(name);
        Assert.True(entry.Choices.Count == 0 || entry.Default is null || entry.Choices.Contains(entry.Default));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_folder_of_credentials_is_itself_an_option(string name)
    {
        var entry = OptionTable.Get(name);
        Assert.Equal(entry.Folder is null, entry.Keys.Count == 0);
        if (entry.Folder is { } folder) Assert.Null(OptionTable.Get(folder).Folder);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_meaning_is_a_sentence(string name) => Assert.EndsWith(".", OptionTable.Get(name).Meaning);

    [Fact]
    public void Passwords_and_tokens_are_secrets() => Assert.Equal(
        [
            "source-aws-secret-access-key", "source-aws-session-token", "source-oci-password",
            "destination-aws-secret-access-key", "destination-aws-session-token", "destination-oci-password",
            "registry-user-token",
        ],
        OptionTable.All.Where(entry => entry.IsSecret).Select(entry => entry.Name));

    [Fact]
    public void Fault_30_the_page_of_options_follows_the_table()
    {
        var page = OptionsPage.Markdown();
        Assert.All(OptionTable.All, entry => Assert.Contains($"| `{entry.Flag}` | `{entry.Variable}` |", page));
        Assert.Contains($"| `{OptionTable.DefaultBaseImage}` |", page);
        Assert.Contains("Also by `AWS_BUCKET` or `AWS_S3_BUCKET` in `--source-s3-credentials-path`.", page);
        Assert.All(page.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(5, Columns(line)));
    }

    private static int Columns(string line) => line.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
}
