#include "go_asm.h"
#include "textflag.h"

// The transform of dct.go on eight lanes of 32 bits with AVX2. Nothing in it is
// rounded, so it gives the same numbers modulo 1<<32 in whatever order rows and
// columns come, and coefficients fit. There are no branches and no loops, and
// every address is one of the arguments plus a constant.
//
//	DI  b         BX  t, the tables
//	SI  samples   DX  limits
//	Y0 to Y7      a block, a register for each row, or then each column
//	Y8 to Y15     what is between
//	0(SP) on      eight registers of the first block
//
// Operands are in the order of Go: VPSUBD a, b, c is c = b - a.

// PASS transforms along the registers, names as in transformRows.
#define PASS \
	VPSUBD  Y7, Y0, Y8   \ // e7
	VPADDD  Y7, Y0, Y0   \ // a0
	VPSUBD  Y6, Y1, Y9   \ // e6
	VPADDD  Y6, Y1, Y1   \ // a1
	VPSUBD  Y5, Y2, Y10  \ // e5
	VPADDD  Y5, Y2, Y2   \ // a2
	VPSUBD  Y4, Y3, Y11  \ // e4
	VPADDD  Y4, Y3, Y3   \ // a3
	VPSUBD  Y3, Y0, Y4   \ // b3
	VPADDD  Y3, Y0, Y0   \ // b0
	VPSUBD  Y2, Y1, Y5   \ // a1 - a2
	VPADDD  Y2, Y1, Y1   \ // b1
	VPADDD  Y4, Y5, Y5   \ // a1 - a2 + b3
	VPMULLD dctTables_c4(BX), Y5, Y5         \ // z1
	VPMULLD dctTables_unity(BX), Y4, Y4      \ // z0
	VPADDD  Y10, Y11, Y11 \ // t4
	VPADDD  Y9, Y10, Y10  \ // t5
	VPADDD  Y8, Y9, Y9    \ // t6
	VPMULLD dctTables_unity(BX), Y8, Y8      \ // z7
	VPSUBD  Y9, Y11, Y12  \ // t4 - t6
	VPMULLD dctTables_c6(BX), Y12, Y12       \ // z5
	VPMULLD dctTables_c4(BX), Y10, Y10       \ // z3
	VPMULLD dctTables_c2MinusC(BX), Y11, Y11 \
	VPADDD  Y12, Y11, Y11 \ // z2
	VPMULLD dctTables_c2PlusC(BX), Y9, Y9    \
	VPADDD  Y12, Y9, Y9   \ // z4
	VPADDD  Y10, Y8, Y12  \ // z11
	VPSUBD  Y10, Y8, Y8   \ // z13
	VPADDD  Y5, Y4, Y2    \
	VPSUBD  Y5, Y4, Y6    \
	VPSUBD  Y1, Y0, Y4    \
	VPADDD  Y1, Y0, Y0    \
	VPADDD  Y9, Y12, Y1   \
	VPSUBD  Y9, Y12, Y7   \
	VPSUBD  Y11, Y8, Y3   \
	VPADDD  Y11, Y8, Y5

// TURN makes columns of rows. Lanes become rows 0, 1, 4, 5, 2, 3, 6, 7, so that
// KEEP has its pairs in order. See laneOf.
#define TURN \
	VPUNPCKLDQ  Y1, Y0, Y8   \ // of rows 0, 1: columns 0, 1 and 4, 5
	VPUNPCKHDQ  Y1, Y0, Y9   \ // columns 2, 3 and 6, 7
	VPUNPCKLDQ  Y5, Y4, Y10  \
	VPUNPCKHDQ  Y5, Y4, Y11  \
	VPUNPCKLDQ  Y3, Y2, Y12  \
	VPUNPCKHDQ  Y3, Y2, Y13  \
	VPUNPCKLDQ  Y7, Y6, Y14  \
	VPUNPCKHDQ  Y7, Y6, Y15  \
	VPUNPCKLQDQ Y10, Y8, Y4  \ // of rows 0, 1, 4, 5: columns 0 and 4
	VPUNPCKHQDQ Y10, Y8, Y5  \ // 1 and 5
	VPUNPCKLQDQ Y11, Y9, Y6  \ // 2 and 6
	VPUNPCKHQDQ Y11, Y9, Y7  \ // 3 and 7
	VPUNPCKLQDQ Y14, Y12, Y8 \ // of rows 2, 3, 6, 7: columns 0 and 4
	VPUNPCKHQDQ Y14, Y12, Y9 \
	VPUNPCKLQDQ Y15, Y13, Y10 \
	VPUNPCKHQDQ Y15, Y13, Y11 \
	VPERM2I128 $0x20, Y8, Y4, Y0 \ // the lower halves of both: column 0
	VPERM2I128 $0x20, Y9, Y5, Y1 \
	VPERM2I128 $0x20, Y10, Y6, Y2 \
	VPERM2I128 $0x20, Y11, Y7, Y3 \
	VPERM2I128 $0x31, Y8, Y4, Y4 \ // the upper halves of both: column 4
	VPERM2I128 $0x31, Y9, Y5, Y5 \
	VPERM2I128 $0x31, Y10, Y6, Y6 \
	VPERM2I128 $0x31, Y11, Y7, Y7

// TRANSFORM makes coefficients of the 64 samples at an address.
#define TRANSFORM(at) \
	VMOVDQU at+0(SI), Y0   \
	VMOVDQU at+32(SI), Y1  \
	VMOVDQU at+64(SI), Y2  \
	VMOVDQU at+96(SI), Y3  \
	VMOVDQU at+128(SI), Y4 \
	VMOVDQU at+160(SI), Y5 \
	VMOVDQU at+192(SI), Y6 \
	VMOVDQU at+224(SI), Y7 \
	PASS \
	TURN \
	PASS \
	VPSUBD dctTables_centre(BX), Y0, Y0

// KEEP stores column i of both blocks as pairs, and tells which of its
// coefficients do not become 0: of the first block, read from the stack, there,
// of the second, in h, in h; -1 for those. As in notZeroOf, the limit of the
// second is nearer by one where the first is beyond its own. Y15 is 0.
#define KEEP(i, h) \
	VMOVDQU    32*i(SP), Y8    \ // the first block
	VMOVDQU    32*i(DX), Y9    \ // limits
	VPSUBD     Y9, Y15, Y10    \ // the same below 0
	VPCMPGTD   Y9, Y8, Y11     \ // the first is above
	VPCMPGTD   Y8, Y10, Y12    \ // the first is below
	VPADDD     Y11, Y9, Y9     \
	VPSUBD     Y12, Y10, Y10   \
	VPCMPGTD   Y9, h, Y9       \ // the second is above
	VPCMPGTD   h, Y10, Y10     \ // the second is below
	VPOR       Y12, Y11, Y11   \
	VMOVDQU    Y11, 32*i(SP)   \
	VPSRAD     $31, Y8, Y11    \ // a first below 0 takes 1 from the second
	VPADDD     Y11, h, h       \
	VPUNPCKLDQ h, Y8, Y11      \ // rows 0, 1 and 2, 3
	VPUNPCKHDQ h, Y8, Y12      \ // rows 4, 5 and 6, 7
	VMOVDQU    Y11, 64*i(DI)   \
	VMOVDQU    Y12, 64*i+32(DI) \
	VPOR       Y10, Y9, h

// PICK makes z 32 bytes of Y0, Y1, Y4 and Y5 as the four tables from at on say.
#define PICK(at, z) \
	VPSHUFB dctTables_order+at+0(BX), Y0, z   \
	VPSHUFB dctTables_order+at+32(BX), Y1, Y6 \
	VPOR    Y6, z, z                          \
	VPSHUFB dctTables_order+at+64(BX), Y4, Y6 \
	VPOR    Y6, z, z                          \
	VPSHUFB dctTables_order+at+96(BX), Y5, Y6 \
	VPOR    Y6, z, z

// func transformAVX2(b *[block * block]pair, samples *[2 * block * block]int32, limits *[block * block]int32, t *dctTables) (first, second uint64)
TEXT ·transformAVX2(SB), NOSPLIT, $256-48
	MOVQ b+0(FP), DI
	MOVQ samples+8(FP), SI
	MOVQ limits+16(FP), DX
	MOVQ t+24(FP), BX

	TRANSFORM(0)
	VMOVDQU Y0, 0(SP)
	VMOVDQU Y1, 32(SP)
	VMOVDQU Y2, 64(SP)
	VMOVDQU Y3, 96(SP)
	VMOVDQU Y4, 128(SP)
	VMOVDQU Y5, 160(SP)
	VMOVDQU Y6, 192(SP)
	VMOVDQU Y7, 224(SP)
	TRANSFORM(256)

	VPXOR Y15, Y15, Y15
	KEEP(0, Y0)
	KEEP(1, Y1)
	KEEP(2, Y2)
	KEEP(3, Y3)
	KEEP(4, Y4)
	KEEP(5, Y5)
	KEEP(6, Y6)
	KEEP(7, Y7)

	// Bytes of lanes: of columns 0 to 3 in Y0, 4 to 7 in Y4, and of the first
	// block in Y8 and Y10.
	VPACKSSDW Y1, Y0, Y0
	VPACKSSDW Y3, Y2, Y2
	VPACKSSWB Y2, Y0, Y0
	VPACKSSDW Y5, Y4, Y4
	VPACKSSDW Y7, Y6, Y6
	VPACKSSWB Y6, Y4, Y4
	VMOVDQU   0(SP), Y8
	VPACKSSDW 32(SP), Y8, Y8
	VMOVDQU   64(SP), Y9
	VPACKSSDW 96(SP), Y9, Y9
	VPACKSSWB Y9, Y8, Y8
	VMOVDQU   128(SP), Y10
	VPACKSSDW 160(SP), Y10, Y10
	VMOVDQU   192(SP), Y11
	VPACKSSDW 224(SP), Y11, Y11
	VPACKSSWB Y11, Y10, Y10

	// Both in one: the second block's is the highest bit, the first's the others.
	VMOVDQU dctTables_others(BX), Y12
	VPAND   Y12, Y8, Y8
	VPANDN  Y0, Y12, Y0
	VPOR    Y8, Y0, Y0
	VPAND   Y12, Y10, Y10
	VPANDN  Y4, Y12, Y4
	VPOR    Y10, Y4, Y4

	// In zigzag order. A shuffle stays within a half of a register: so Y1 and Y5
	// are Y0 and Y4 with halves exchanged.
	VPERMQ $0x4e, Y0, Y1
	VPERMQ $0x4e, Y4, Y5
	PICK(0, Y2)
	PICK(128, Y3)

	VPMOVMSKB Y2, AX
	VPMOVMSKB Y3, CX
	SHLQ      $32, CX
	ORQ       CX, AX
	MOVQ      AX, second+40(FP)
	VPADDB    Y2, Y2, Y2
	VPADDB    Y3, Y3, Y3
	VPMOVMSKB Y2, AX
	VPMOVMSKB Y3, CX
	SHLQ      $32, CX
	ORQ       CX, AX
	MOVQ      AX, first+32(FP)
	VZEROUPPER
	RET
