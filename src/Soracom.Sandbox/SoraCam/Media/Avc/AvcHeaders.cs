namespace Soracom.Sandbox.SoraCam.Media.Avc;

/// <summary>The parameter sets and slice headers of the one kind of stream made here: constrained baseline, level 4.0, 5 pictures a second.</summary>
internal static class AvcHeaders
{
    public const byte Profile = 66;
    public const byte Compatibility = 0xC0;
    public const byte Level = 40;

    /// <summary>What browsers want to know before they play: profile, constraints and level as RFC 6381 writes them.</summary>
    public const string Codec = "avc1.42C028";

    /// <summary>The frame number in slice headers: its width, and so the longest group of pictures.</summary>
    public const int FrameNumberBits = 8;

    // With these, one step of a DC coefficient is one step of luma or chroma: see AvcEncoder.
    private const int QuantiserMinus26 = 2;
    private const int ChromaQuantiserOffset = -6;

    private const uint IntraSlices = 7;
    private const uint PredictedSlices = 5;

    /// <summary>Network abstraction layer unit, header byte included, without start code or length.</summary>
    public static byte[] SequenceParameters { get; } = MakeSequenceParameters();

    /// <inheritdoc cref="SequenceParameters"/>
    public static byte[] PictureParameters { get; } = MakePictureParameters();

    public static void WriteSlice(BitWriter bits, bool isKey, int frameNumber, int keyId)
    {
        bits.PutUnsigned(0);                                         // first_mb_in_slice
        bits.PutUnsigned(isKey ? IntraSlices : PredictedSlices);
        bits.PutUnsigned(0);                                         // pic_parameter_set_id
        bits.Put((uint)frameNumber, FrameNumberBits);
        if (isKey)
        {
            bits.PutUnsigned((uint)keyId);                           // idr_pic_id: neighbours differ
            bits.Put(0, 2);                                          // no_output_of_prior_pics, long_term_reference
        }
        else
        {
            bits.Put(0, 3);                                          // reference count, list and marking as usual
        }

        bits.PutSigned(0);                                           // slice_qp_delta
        bits.PutUnsigned(1);                                         // no deblocking: cells keep their edges
    }

    private static byte[] MakeSequenceParameters()
    {
        var bits = new BitWriter();
        bits.Put(0x67, 8);                                           // nal_ref_idc 3, type 7
        bits.Put(Profile, 8);
        bits.Put(Compatibility, 8);
        bits.Put(Level, 8);
        bits.PutUnsigned(0);                                         // seq_parameter_set_id
        bits.PutUnsigned(FrameNumberBits - 4);
        bits.PutUnsigned(2);                                         // pic_order_cnt_type: shown in coding order
        bits.PutUnsigned(1);                                         // max_num_ref_frames
        bits.PutFlag(false);                                         // gaps_in_frame_num
        bits.PutUnsigned(AvcEncoder.MacroblocksAcross - 1);
        bits.PutUnsigned(AvcEncoder.MacroblocksDown - 1);
        bits.PutFlag(true);                                          // frame_mbs_only
        bits.PutFlag(true);                                          // direct_8x8_inference
        bits.PutFlag(true);                                          // frame_cropping: left, right, top, bottom, in pairs of rows
        bits.PutUnsigned(0);
        bits.PutUnsigned(0);
        bits.PutUnsigned(0);
        bits.PutUnsigned(((AvcEncoder.MacroblocksDown * 16) - Scenes.Picture.PixelHeight) / 2);
        bits.PutFlag(true);                                          // vui_parameters
        WriteUsability(bits);
        bits.Align(stopBit: true);
        return bits.Written.ToArray();
    }

    private static void WriteUsability(BitWriter bits)
    {
        bits.PutFlag(true);                                          // aspect ratio 1:1
        bits.Put(1, 8);
        bits.PutFlag(false);                                         // overscan
        bits.PutFlag(true);                                          // video signal: unspecified format, full range,
        bits.Put(5, 3);
        bits.PutFlag(true);
        bits.PutFlag(true);                                          // BT.709 primaries and transfer, BT.601 matrix
        bits.Put(1, 8);
        bits.Put(1, 8);
        bits.Put(6, 8);
        bits.PutFlag(false);                                         // chroma location
        bits.PutFlag(false);                                         // timing: the container has it
        bits.Put(0, 3);                                              // HRDs, pic_struct
        bits.PutFlag(true);                                          // bitstream restriction: nothing is reordered
        bits.PutFlag(false);
        bits.PutUnsigned(0);
        bits.PutUnsigned(0);
        bits.PutUnsigned(0);
        bits.PutUnsigned(0);
        bits.PutUnsigned(0);
        bits.PutUnsigned(1);                                         // max_dec_frame_buffering
    }

    private static byte[] MakePictureParameters()
    {
        var bits = new BitWriter();
        bits.Put(0x68, 8);                                           // nal_ref_idc 3, type 8
        bits.PutUnsigned(0);                                         // pic_parameter_set_id
        bits.PutUnsigned(0);                                         // seq_parameter_set_id
        bits.Put(0, 2);                                              // CAVLC, no field order
        bits.PutUnsigned(0);                                         // one slice group
        bits.PutUnsigned(0);                                         // one reference in list 0
        bits.PutUnsigned(0);
        bits.Put(0, 3);                                              // no weighted prediction
        bits.PutSigned(QuantiserMinus26);
        bits.PutSigned(0);
        bits.PutSigned(ChromaQuantiserOffset);
        bits.PutFlag(true);                                          // slices say whether to deblock
        bits.Put(0, 2);                                              // no constrained intra, no redundant pictures
        bits.Align(stopBit: true);
        return bits.Written.ToArray();
    }
}
