using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

public sealed class PrecedenceTests
{
    private const string Folder = "/credentials";

    private static Gen<string?> Layer => Gen.Elements(null, "", "one", "two", "three\n");

    [Fact]
    public void Fault_7_arguments_win_over_variables_over_files_over_defaults_for_each_option() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            Gen.Elements(OptionTable.All.ToArray()).ToArbitrary(),
            Layer.Three().ToArbitrary(),
            (entry, layers) =>
            {
                var (argument, variable, file) = layers;
                var expected = Value(argument) ?? Value(variable)
                    ?? (entry.Folder is null ? null : Value(file)) ?? entry.Default;
                return Find(entry, argument, variable, file) == expected;
            }));

    [Theory]
    [MemberData(nameof(OptionTableTests.Names), MemberType = typeof(OptionTableTests))]
    public void Fault_8_an_empty_value_counts_as_absent_everywhere(string name)
    {
        var entry = OptionTable.Get(name);
        Assert.Equal(entry.Default, Find(entry, "", "", "\n"));
    }

    [Fact]
    public void Fault_8_a_secret_loses_its_line_end_and_keeps_its_blanks()
    {
        var entry = OptionTable.Get("source-aws-secret-access-key");
        Assert.Equal(" key ", Find(entry, null, null, " key \r\n"));
        Assert.Equal(" key ", Find(entry, null, " key \n", null));
    }

    [Fact]
    public void The_place_of_a_value_is_known()
    {
        var lookup = Lookup(
            new RawOptions(new Dictionary<string, string> { ["source-aws-key"] = "k" }),
            new Dictionary<string, string>
            {
                ["MODEL_SYNC_SOURCE_S3_CREDENTIALS_PATH"] = Folder,
                ["MODEL_SYNC_SOURCE_AWS_REGION"] = "eu",
            },
            new FakeFiles(($"{Folder}/AWS_S3_BUCKET", "b")));
        Assert.Equal("--source-aws-key", lookup.Find("source-aws-key")?.Place);
        Assert.Equal("MODEL_SYNC_SOURCE_AWS_REGION", lookup.Find("source-aws-region")?.Place);
        Assert.Equal("/credentials/AWS_S3_BUCKET", lookup.Find("source-aws-bucket")?.Place);
        Assert.Equal("the default of --registry-port", lookup.Find("registry-port")?.Place);
    }

    [Theory]
    [InlineData("AWS_BUCKET", "AWS_S3_BUCKET", "source-aws-bucket")]
    [InlineData("AWS_REGION", "AWS_DEFAULT_REGION", "source-aws-region")]
    [InlineData("AWS_ENDPOINT_URL", "AWS_S3_ENDPOINT", "destination-aws-endpoint")]
    public void The_first_key_with_a_value_counts(string first, string second, string name)
    {
        var path = OptionTable.Get(name).Folder ?? "";
        var args = new RawOptions(new Dictionary<string, string> { [path] = Folder });
        Assert.Equal("1", Found(("1", "2")));
        Assert.Equal("2", Found(("", "2")));

        string? Found((string, string) texts) => Lookup(args, new Dictionary<string, string>(), new FakeFiles(
            ($"{Folder}/{first}", texts.Item1), ($"{Folder}/{second}", texts.Item2))).Find(name)?.Text;
    }

    private static string? Find(OptionEntry entry, string? argument, string? variable, string? file)
    {
        var args = new Dictionary<string, string>();
        var environment = new Dictionary<string, string>();
        if (argument is not null) args[entry.Name] = argument;
        if (variable is not null) environment[entry.Variable] = variable;
        if (entry.Folder is { } option) args[option] = Folder;
        var files = file is null || entry.Folder is null
            ? new FakeFiles(($"{Folder}/OTHER", "x"))
            : new FakeFiles(($"{Folder}/{entry.Keys[0]}", file));
        return Lookup(new RawOptions(args), environment, files).Find(entry.Name)?.Text;
    }

    private static OptionLookup Lookup(
        RawOptions args, IReadOnlyDictionary<string, string> environment, FakeFiles files) =>
        new(args, environment, files, new Findings());

    private static string? Value(string? text) => text?.TrimEnd('\n') is { Length: > 0 } value ? value : null;
}
