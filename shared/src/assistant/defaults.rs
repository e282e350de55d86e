//! The words of the never-automate list as they are before a site owner changes them, in the panel's languages.
//!
//! A subject is named by what people write when they want somebody to decide something: "how much is delivery" is in an
//! article, "a quote for forty lamps" is not. `Keywords` says how a pattern is read.

type Lists = &'static [(&'static str, &'static [&'static str])];

pub(super) const PERSON: Lists = &[
    (
        "en",
        &[
            "human",
            "real person",
            "talk to person",
            "speak to person",
            "talk to someone",
            "speak to someone",
            "talk to agent",
            "speak to agent",
            "live agent",
            "live person",
            "representative",
            "customer service",
        ],
    ),
    (
        "tr",
        &[
            "gerçek kişi*",
            "gerçek insan*",
            "insanla görüş*",
            "insanla konuş*",
            "biriyle görüş*",
            "biriyle konuş*",
            "temsilci*",
            "canlı destek*",
            "yetkili*",
        ],
    ),
    (
        "es",
        &[
            "una persona real",
            "hablar con persona",
            "hablar con alguien",
            "hablar con agente",
            "agente humano",
            "un humano",
            "atención al cliente",
            "asesor*",
        ],
    ),
    ("ko", &["상담원*", "상담사*", "사람과 통화*", "사람이랑*", "담당자*", "직원과*", "직원이랑*"]),
    (
        "id",
        &[
            "orang asli",
            "bicara dengan orang",
            "bicara dengan seseorang",
            "bicara dengan manusia",
            "agen manusia",
            "customer service",
            "layanan pelanggan",
            "petugas*",
        ],
    ),
];

pub(super) const NOT_HELPED: Lists = &[
    (
        "en",
        &["no", "nope", "no thanks", "not really", "it did not", "it didnt", "that did not help", "that didnt help"],
    ),
    ("tr", &["hayır", "yok", "olmadı", "yardımcı olmadı", "işe yaramadı"]),
    ("es", &["no", "no gracias", "no me ayudó", "no me sirve", "no me sirvió"]),
    ("ko", &["아니", "아니요", "아니오", "아뇨", "도움이 안 됐어요", "도움이 안 돼요"]),
    ("id", &["tidak", "nggak", "belum", "tidak membantu", "tidak terbantu"]),
];

pub(super) const PRICING: Lists = &[
    (
        "en",
        &[
            "pricing",
            "a quote",
            "quotation",
            "price quote",
            "bulk price*",
            "volume price*",
            "bulk discount*",
            "volume discount*",
            "better price*",
            "negotiat*",
            "special offer for",
        ],
    ),
    ("tr", &["fiyat teklif*", "fiyatlandırma*", "toplu alım*", "toplu sipariş*", "pazarlık*", "indirim yap*"]),
    (
        "es",
        &[
            "presupuesto*",
            "cotización*",
            "precio* por volumen",
            "precio* por cantidad",
            "descuento* por volumen",
            "negociar",
        ],
    ),
    ("ko", &["견적*", "단가*", "대량 구매*", "대량구매*", "가격 협상*", "가격 협의*"]),
    ("id", &["penawaran harga", "harga grosir", "harga khusus", "harga borongan", "nego*", "diskon grosir"]),
];

pub(super) const UPGRADE: Lists = &[
    ("en", &["upgrad*", "higher plan", "bigger plan", "larger plan", "enterprise plan", "business plan"]),
    (
        "tr",
        &["üst pakete*", "üst plana*", "planımı yükselt*", "paketimi yükselt*", "daha büyük paket*", "kurumsal plan*"],
    ),
    ("es", &["mejorar plan", "plan superior", "subir de plan", "ampliar plan", "pasar a plan"]),
    ("ko", &["업그레이드*", "상위 요금제*", "상위 플랜*", "기업 요금제*"]),
    ("id", &["upgrade*", "naik paket", "menaikkan paket", "tingkatkan paket", "paket lebih tinggi", "paket bisnis"]),
];

pub(super) const CANCELLATION: Lists = &[
    (
        "en",
        &[
            "cancel* subscription*",
            "cancel* plan",
            "cancel* plus",
            "cancel* membership*",
            "cancel* contract*",
            "cancel* account*",
            "close* account*",
            "end* subscription*",
            "stop* subscription*",
            "terminat*",
        ],
    ),
    (
        "tr",
        &[
            "abonelik* iptal*",
            "aboneliğ* iptal*",
            "üyelik* iptal*",
            "üyeliğ* iptal*",
            "plan* iptal*",
            "aboneliğ* bitir*",
            "aboneliğ* sonlandır*",
            "hesab* kapat*",
            "fesih*",
            "feshet*",
        ],
    ),
    (
        "es",
        &[
            "cancelar suscripción",
            "cancelar plan",
            "cancelar contrato",
            "cancelar cuenta",
            "cancelar membresía",
            "dar de baja",
            "darme de baja",
            "cerrar cuenta",
            "anular suscripción",
        ],
    ),
    ("ko", &["해지*", "구독* 취소*", "멤버십* 취소*", "요금제* 취소*", "탈퇴*"]),
    (
        "id",
        &[
            "batal* langganan*",
            "membatalkan langganan*",
            "berhenti berlangganan",
            "berhenti langganan",
            "tutup akun",
            "menutup akun",
            "akhiri langganan*",
        ],
    ),
];

pub(super) const COMPLAINT: Lists = &[
    (
        "en",
        &[
            "complaint*",
            "complain",
            "complaining",
            "unacceptable",
            "outrageous",
            "scam*",
            "fraud*",
            "lawyer*",
            "legal action",
            "furious",
            "disgusted",
            "fed up",
            "worst",
            "terrible service",
            "third time",
        ],
    ),
    (
        "tr",
        &[
            "şikayet*",
            "rezalet*",
            "berbat*",
            "dolandır*",
            "avukat*",
            "kabul edilemez",
            "bıktım",
            "mahkeme*",
            "tüketici hakem*",
        ],
    ),
    (
        "es",
        &[
            "queja*",
            "quejarme",
            "reclamación*",
            "reclamar",
            "inaceptable",
            "estafa*",
            "pésim*",
            "abogad*",
            "vergüenza",
            "harto",
            "harta",
        ],
    ),
    ("ko", &["불만*", "항의*", "최악*", "사기*", "변호사*", "화가 나*", "화가 납니다", "실망*", "소비자원*"]),
    (
        "id",
        &[
            "keluhan*",
            "komplain*",
            "mengeluh",
            "kecewa*",
            "penipuan",
            "tipu*",
            "terburuk",
            "pengacara",
            "tidak bisa diterima",
        ],
    ),
];

pub(super) const AT_RISK: Lists = &[
    (
        "en",
        &[
            "competitor*",
            "switch to another",
            "switching to another",
            "moving to another",
            "thinking of leaving",
            "going elsewhere",
            "chargeback*",
            "leave you for",
        ],
    ),
    ("tr", &["rakib*", "rakip*", "başka firma*", "başka marka*", "sizi bırak*", "sizden ayrıl*", "ters ibraz*"]),
    ("es", &["competencia", "irme a otra", "cambiarme a otra", "cambiar de empresa", "otra empresa", "contracargo*"]),
    ("ko", &["경쟁사*", "다른 회사로*", "다른 업체로*", "갈아타*", "차지백*"]),
    ("id", &["kompetitor*", "pesaing*", "pindah ke merek", "pindah ke perusahaan", "beralih ke", "tolak bayar"]),
];
