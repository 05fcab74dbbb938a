using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Ingestor.Submitting;

namespace Tracebloc.Ingestor.Tests.Submitting;

public sealed class SubmitKeyTests
{
    [Fact]
    public void Every_key_is_one_that_jobs_manager_accepts() => Prop.ForAll(
        (string? uid, string? content, int pods) =>
            SubmitKey.Of(uid ?? "", content ?? "", null, pods) is { Length: 32 } key && SubmissionRules.IsKey(key))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void The_key_is_the_start_of_a_digest_of_the_parts_with_zeros_between() => Assert.Equal(
        // printf 'uid\0a: 1\0sha256:0f\0004' | sha256sum
        "bc62f8027276100f00927ea627f13b31",
        SubmitKey.Of("uid", "a: 1", "sha256:0f", 4));

    [Fact]
    public void Every_part_makes_another_key()
    {
        string[] keys =
        [
            SubmitKey.Of("", "a: 1", null, null),
            SubmitKey.Of("uid", "a: 1", null, null),
            SubmitKey.Of("other", "a: 1", null, null),
            SubmitKey.Of("", "a: 2", null, null),
            SubmitKey.Of("", "a: 1", "sha256:0f", null),
            SubmitKey.Of("", "a: 1", null, 2),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void One_pod_is_the_default() =>
        Assert.Equal(SubmitKey.Of("uid", "a: 1", null, null), SubmitKey.Of("uid", "a: 1", null, 1));

    [Theory]
    [InlineData("a", true)]
    [InlineData("A.b_c-9", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void A_key_has_letters_digits_dots_underscores_and_dashes(string text, bool isKey) =>
        Assert.Equal(isKey, SubmissionRules.IsKey(text));

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_key_has_at_most_64_letters(int length, bool isKey) =>
        Assert.Equal(isKey, SubmissionRules.IsKey(new string('k', length)));
}
