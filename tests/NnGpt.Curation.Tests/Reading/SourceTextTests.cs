using System.Text;
using NnGpt.Curation.Reading;

namespace NnGpt.Curation.Tests.Reading;

public sealed class SourceTextTests
{
    [Theory]
    [InlineData("# -*- coding: latin-1 -*-\nx = '\u00e9'\n", "# -*- coding: utf-8 -*-\nx = '\u00e9'\n")]
    [InlineData("#!/usr/bin/python\r\n# vim: set fileencoding=ISO_8859_1 :\r\n'\u00fc'", "#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\n'\u00fc'")]
    [InlineData("\n \t# coding=cp1252\n'\u0080'", "\n \t# coding=utf-8\n'\u20ac'")]
    [InlineData("# coding: koi8-r\n'\u00c1'", "# coding: utf-8\n'\u0430'")]
    [InlineData("x = 1\n# coding: latin-1\n'\u00e9'", null)]
    [InlineData("\n\n# coding: latin-1\n'\u00e9'", null)]
    [InlineData("# coding: utf-8\n'\u00e9'", null)]
    [InlineData("# coding: ascii\n'\u00e9'", null)]
    [InlineData("# coding: klingon\n'\u00e9'", null)]
    [InlineData("# coding: utf-16\n'\u00e9'", null)]
    [InlineData("# coding: klingon\nx\n", "# coding: klingon\nx\n")]
    public void Decode_BytesOfOneByteACharacter_FollowsWhatTheFirstLinesDeclare(string latin1, string? expected) =>
        Assert.Equal(expected, SourceText.Decode(Encoding.Latin1.GetBytes(latin1)));

    [Fact]
    public void Decode_ByteOrderMark_IsUtf8WhateverIsDeclared() =>
        Assert.Equal("# coding: latin-1\né\n", SourceText.Decode([.. "\uFEFF# coding: latin-1\r\né\r"u8]));

    [Fact]
    public void DecodeAny_OtherBytes_GivesAText()
    {
        Assert.Equal("x\né", SourceText.DecodeAny([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("x\r\né")]));
        Assert.Equal("x\uFFFD\n", SourceText.DecodeAny([(byte)'x', 0xE9, (byte)'\n']));
        Assert.Equal("", SourceText.DecodeAny([]));
    }
}
