using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Sims.List;

namespace Soracom.Portal.Tests.Features.Sims.List;

/// <summary>Tags in one cell, written and read back.</summary>
public sealed class TagsTextTests
{
    [Theory]
    [InlineData("site=東京; kind=a b", "site=東京|kind=a b")]
    [InlineData("site=東京;kind = x = y ;", "site=東京|kind=x = y")]
    [InlineData("site=", "site=")]
    [InlineData("\"a;b=c\"=\" d; \"\"e\"\" \"", "a;b=c= d; \"e\" ")]
    [InlineData("", "")]
    public void Parse_WhatPeopleWrite_IsUnderstood(string text, string tags) =>
        Assert.Equal(tags, string.Join('|', TagsText.Parse(text)!.Select(tag => $"{tag.Key}={tag.Value}")));

    [Theory]
    [InlineData("site")]
    [InlineData("site; kind=x")]
    [InlineData("=x")]
    [InlineData("a=1; a=2")]
    [InlineData("a=\"x")]
    [InlineData("a=\"x\" y")]
    [InlineData("\"a\" b=x")]
    [InlineData("; a=1")]
    public void Parse_WhatIsNoTags_IsNone(string text) => Assert.Null(TagsText.Parse(text));

    [Fact]
    public void Parse_AnyTags_AreReadAsTheyWereWritten() => Prop.ForAll(
        ArbMap.Default.ArbFor<Dictionary<NonEmptyString, NonNull<string>>>(),
        any =>
        {
            var tags = any.ToDictionary(tag => tag.Key.Get, tag => tag.Value.Get, StringComparer.Ordinal);
            Assert.Equal(tags, TagsText.Parse(TagsText.Format(tags)));
        }).QuickCheckThrowOnFailure();
}
