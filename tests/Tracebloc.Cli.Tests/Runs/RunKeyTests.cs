using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Cli.Runs;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Tests.Runs;

public sealed class RunKeyTests
{
    private static readonly string Digest = new string('a', 8) + new string('1', 56);

    [Fact]
    public void Every_table_has_keys_and_a_folder_that_are_allowed() =>
        Prop.ForAll(Tables(), table =>
        {
            var key = RunKey.New(table, Digest);
            return SubmissionRules.IsKey(key) && RunKey.IsOf(key, table, Digest)
                && !RunKey.IsOf(key, table, new string('b', 64))
                && RunKey.New(table, Digest) != key
                && StagedPath.IsFolder(RunKey.FolderOf(table, Digest));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("cats-aaaaaaaa11111111-0123abcd", true)]
    [InlineData("cats-aaaaaaaa11111111-0123abcg", false)]
    [InlineData("cats-aaaaaaaa11111111-0123abcde", false)]
    [InlineData("dogs-aaaaaaaa11111111-0123abcd", false)]
    [InlineData("cats-aaaaaaaa11111112-0123abcd", false)]
    [InlineData("cats", false)]
    public void A_key_shows_its_content(string key, bool isOf) =>
        Assert.Equal(isOf, RunKey.IsOf(key, "cats", Digest));

    [Fact]
    public void Long_tables_that_differ_have_folders_that_differ()
    {
        var table = new string('a', 63);

        Assert.NotEqual(RunKey.FolderOf(table + "b", Digest), RunKey.FolderOf(table + "c", Digest));
    }

    private static Arbitrary<string> Tables() =>
        (from length in Gen.Choose(1, 64)
         from letters in Gen.Elements("abcXYZ_019".ToCharArray()).ArrayOf(length)
         select "t" + new string(letters)[1..]).ToArbitrary();
}
